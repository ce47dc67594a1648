import { describe, expect, it } from 'vitest';
import { LoginSettingsError, loadSettings } from '../../../src/login/settings/load-settings.ts';

const minimal = `
public_url: https://soar.example.com
duo: { hostname: api-12345678.duosecurity.com, ikey: DIXXXXXXXXXXXXXXXXXX, skey: { env: DUO_SKEY } }
first_factor: { type: htpasswd, file: users }
safe_accounts: [admin]
`;

const env = { DUO_SKEY: 'deadbeefdeadbeefdeadbeefdeadbeefdeadbeef', BIND: 'bind-secret' };
const options = {
  env,
  folder: '/etc/xsoar-duo',
  readFile: (path: string) => {
    if (path !== '/etc/xsoar-duo/api.key') {
      throw new Error('ENOENT');
    }
    return 'api-key\n';
  },
};

const load = (yaml: string) => loadSettings(yaml, options);

const faultsOf = async (yaml: string): Promise<readonly string[]> => {
  try {
    await load(yaml);
  } catch (error) {
    if (error instanceof LoginSettingsError) {
      return error.faults.map(({ name, rule }) => `${name}: ${rule}`);
    }
    throw error;
  }
  return [];
};

describe('loadSettings', () => {
  it('fills in what need not be said', async () => {
    expect(await load(minimal)).toMatchObject({
      listen: { host: '127.0.0.1', port: 8443 },
      publicOrigin: 'https://soar.example.com',
      firstFactor: { type: 'htpasswd', file: '/etc/xsoar-duo/users' },
      secondFactor: { use2fa: true, requirePassword: false, failmode: 'secure', autopush: false },
      session: { idleMs: 1_800_000, absoluteMs: 36_000_000 },
      switches: { from: 'file' },
      language: undefined,
    });
  });

  it('takes secrets from variables and files', async () => {
    const settings = await load(`${minimal}
settings: { from: xsoar, url: https://xsoar.internal, api_key: { file: api.key } }
further_password:
  { type: ldap, url: ldaps://dc, base: dc=x, bind_dn: cn=search, bind_password: { env: BIND } }
`);
    expect(settings.duo.skey).toBe(env.DUO_SKEY);
    expect(settings.switches).toMatchObject({ apiKey: 'api-key', refreshMs: 60_000 });
    expect(settings.furtherPassword).toMatchObject({ find: { bindPassword: 'bind-secret' } });
  });
});

describe('limits', () => {
  it('are in the file, in the units of their names', async () => {
    const { limits } = await load(`${minimal}
limits:
  { requests_per_minute: 30, body_kilobytes: 4, headers_seconds: 5, request_seconds: 9, failures_per_user: 3, window_minutes: 2, fraud_lock_hours: 1 }
`);
    expect(limits).toMatchObject({
      requestsPerMinute: 30,
      bodyBytes: 4_096,
      headersTimeoutMs: 5_000,
      requestTimeoutMs: 9_000,
      failuresPerUser: 3,
      windowMs: 120_000,
      fraudLockMs: 3_600_000,
    });
  });
});

describe('secrets over plain HTTP', () => {
  const api_key = 'api_key: { file: api.key }';
  const uses: readonly (readonly [name: string, yaml: (server: string) => string])[] = [
    [
      'first_factor',
      (server) => minimal.replace('type: htpasswd, file: users', `type: xsoar, ${server}`),
    ],
    ['api_keys', (server) => `${minimal}api_keys: { ${server} }\n`],
    [
      'settings',
      (server) =>
        `${minimal}settings: { from: xsoar, ${server}, ${api_key} }\nfurther_password: { type: htpasswd, file: users }\n`,
    ],
  ];

  it.each(uses)('go to this machine alone: %s', async (name, yaml) => {
    const refused = [
      `${name}.url: must begin with https://: secrets would travel in the clear (or set allow_cleartext)`,
    ];
    expect(await faultsOf(yaml('url: http://xsoar.internal'))).toEqual(refused);
    expect(await faultsOf(yaml('url: HTTP://xsoar.internal'))).toEqual(refused);
    expect(await faultsOf(yaml('url: http://127.0.0.1.evil.example'))).toEqual(refused);
    expect(await faultsOf(yaml('url: http://127.0.0.1:8000'))).toEqual([]);
    expect(await faultsOf(yaml('url: http://xsoar.internal, allow_cleartext: true'))).toEqual([]);
    expect(await faultsOf(yaml('url: https://xsoar.internal'))).toEqual([]);
  });
});

describe('faults', () => {
  it('come all at once', async () => {
    const faults = await faultsOf(`
public_url: soar
mode: proxy
duo: { hostname: api-1.duosecurity.com, skey: plain-text-secret }
first_factor: { type: magic }
color: red
listen: nowhere:99999
trusted_proxies: [10.0.0.0/99]
`);
    expect(faults).toEqual([
      'mode: is not a setting',
      'color: is not a setting',
      'listen: must be a port or host:port',
      'public_url: must be an origin such as https://soar.example.com',
      'trusted_proxies.0: must be an address or a range such as 10.0.0.0/8',
      'duo.ikey: is missing',
      'duo.skey: must be {env: NAME}, {file: PATH} or {credential: NAME}; a secret does not belong in this file',
      'first_factor.type: type must be one of xsoar, ldap, htpasswd, header',
      'safe_accounts: is empty: when Duo is out of order, every user is locked out. Name an account, or set no_safe_account: true',
    ]);
  });

  it("name the client's options as the file spells them", async () => {
    const faults = await faultsOf(minimal.replace('duo: {', 'duo: { ca_file: /nowhere,'));
    expect(faults).toEqual(['duo.ca_file: cannot be read']);
  });

  it('never show a value', async () => {
    const faults = await faultsOf(minimal.replace('{ env: DUO_SKEY }', 'plain-text-secret'));
    expect(faults).toHaveLength(1);
    expect(faults.join()).not.toContain('plain-text-secret');
  });

  it.each([
    ['[1, 2', /^line \d+: is not valid YAML/],
    ['a: 1\na: 2', /^line 2: is not valid YAML \(duplicate key\)/],
    ['', /^public_url: is missing/],
    ['text', /^the file: /],
  ])('name where %j is wrong', async (yaml, expected) => {
    expect((await faultsOf(yaml))[0]).toMatch(expected);
  });

  it.each([
    ['safe_accounts: [admin]', '', /^safe_accounts: is empty/],
    [
      'safe_accounts: [admin]',
      'safe_accounts: [admin]\nno_safe_account: true',
      /^no_safe_account: /,
    ],
    [
      'safe_accounts: [admin]',
      'safe_accounts: [admin]\nrequire_password: true',
      /^further_password: is missing/,
    ],
    ['{ type: htpasswd, file: users }', '{ type: header }', /^trusted_proxies: is empty/],
    ['https://soar', 'http://soar', /^public_url: must begin with https/],
    ['safe_accounts: [admin]', 'safe_accounts: [admin]\nlisten: 0.0.0.0:8443', /^tls: is missing/],
    ['{ env: DUO_SKEY }', '{ env: ABSENT }', /^duo\.skey: the variable ABSENT is missing/],
    ['{ env: DUO_SKEY }', '{ file: absent }', /^duo\.skey: the file absent is missing/],
    ['api-12345678.duosecurity.com', 'http://plain', /^duo\.hostname: must be reached over https/],
    [
      '{ type: htpasswd, file: users }',
      '{ type: ldap, url: ldaps://dc }',
      /^first_factor: needs either/,
    ],
    [
      '{ type: htpasswd, file: users }',
      '{ type: ldap, url: ldaps://dc, base: dc=x }',
      /^first_factor: needs bind_dn/,
    ],
    [
      '{ type: htpasswd, file: users }',
      "{ type: ldap, url: ldap://dc, user_dn: 'uid={username},dc=x' }",
      /^first_factor\.start_tls: must be on/,
    ],
    [
      '{ type: htpasswd, file: users }',
      "{ type: ldap, url: LDAP://dc, user_dn: 'uid={username},dc=x' }",
      /^first_factor\.start_tls: must be on/,
    ],
    [
      '{ type: htpasswd, file: users }',
      '{ type: ldap, url: ldaps://dc, user_dn: uid=alice }',
      /^first_factor\.user_dn: must contain/,
    ],
  ])('with %j as %j', async (before, after, expected) => {
    const faults = await faultsOf(minimal.replace(before, after));
    expect(faults).toEqual([expect.stringMatching(expected)]);
  });

  it('let a login stand without a safe account when that is said', async () => {
    const said = minimal.replace('safe_accounts: [admin]', 'no_safe_account: true');
    expect(await faultsOf(said)).toEqual([]);
    const off = minimal.replace('safe_accounts: [admin]', 'use_2fa: false');
    expect(await faultsOf(off)).toEqual([]);
  });
});
