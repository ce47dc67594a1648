import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { BadParameterError } from '../../src/duo/errors/input-errors.ts';
import { version } from '../../src/duo/version.ts';
import { loadParams } from '../../src/integration/params.ts';
import { caught } from '../../testing/caught.ts';

const ikey = 'DIWJ8X6AEYOR5OMC6TQ1';
const skey = 'Zh5eGmUq9zpfQnyUIu5OL9iWoMMv5ZNmk3zLJ4Ep';
const hostname = 'api-12345678.duosecurity.com';
const good = { hostname, ikey, skey };

const settingsOf = (params: Record<string, unknown>) => loadParams({ ...good, ...params }).settings;

describe('defaults', () => {
  it('stand in the code, for instances saved before a parameter existed', () => {
    const { settings, warnings } = loadParams(good);
    expect(settings).toEqual({
      hostname,
      ikey,
      skey: settings.skey,
      useragent: `xsoar-duo/${version}`,
      timeoutSeconds: 60,
      proxy: false,
      insecure: false,
      caFile: undefined,
      pinnedKeys: [],
      clientCertFile: undefined,
      clientKeyFile: undefined,
      use2fa: false,
      requirePassword: false,
    });
    expect(settings.skey.reveal()).toBe(skey);
    expect(warnings).toEqual([]);
    expect(settings).toSatisfy(Object.isFrozen);
  });

  it.each([undefined, null, '', '   '])('an optional parameter of %j counts as absent', (empty) => {
    const params = { useragent: empty, timeout: empty, proxy: empty, ca_file: empty };
    expect(settingsOf(params)).toMatchObject({
      useragent: `xsoar-duo/${version}`,
      timeoutSeconds: 60,
      proxy: false,
      caFile: undefined,
    });
  });
});

describe('values', () => {
  it.each([
    ['a bare name', hostname],
    ['capitals', 'API-12345678.DuoSecurity.com'],
    ['a pasted URL', `https://${hostname}`],
    ['a pasted URL that ends in a slash', `HTTPS://${hostname}/`],
    ['white space around it', `\t ${hostname} \n`],
  ])('hostname: %s', (_what, value) => {
    expect(settingsOf({ hostname: value }).hostname).toBe(hostname);
  });

  it.each(['localhost:8443', 'api-x.duofederal.com', '127.0.0.1:1'])('hostname: %s', (value) => {
    expect(settingsOf({ hostname: value }).hostname).toBe(value);
  });

  it.each([
    ['a number', 5, 5],
    ['digits', ' 300 ', 300],
  ])('timeout: %s', (_what, value, seconds) => {
    expect(settingsOf({ timeout: value }).timeoutSeconds).toBe(seconds);
  });

  it.each([
    [true, true],
    ['true', true],
    ['True', true],
    [' yes ', true],
    [false, false],
    ['false', false],
    ['NO', false],
  ])('boxes: %j is %s', (value, is) => {
    const boxes = { proxy: value, insecure: value, use_2fa: value, require_password: value };
    expect(settingsOf(boxes)).toMatchObject({
      proxy: is,
      insecure: is,
      use2fa: is,
      requirePassword: is,
    });
  });

  it('text is trimmed', () => {
    const padded = {
      ikey: ` ${ikey}\n`,
      skey: `\t${skey} `,
      useragent: ' me/1 ',
      ca_file: ' ca.pem ',
    };
    const settings = settingsOf(padded);
    expect(settings).toMatchObject({ ikey, useragent: 'me/1', caFile: 'ca.pem' });
    expect(settings.skey.reveal()).toBe(skey);
  });

  it('unknown parameters are left alone', () => {
    expect(() => settingsOf({ incidentType: 'x', defaultIgnore: false })).not.toThrow();
  });
});

const pin = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';
const otherPin = 'j/9+sW1rr1f0yS2gKYJ4Yh7aDX4yGmyVyyBQBzzXDFU=';

describe('pinned keys', () => {
  it.each([
    ['one', pin, [pin]],
    ['two, by comma and space', ` ${pin}, sha256/${otherPin}\n`, [pin, otherPin]],
    ['a list', [pin, `sha256/${otherPin}`], [pin, otherPin]],
  ])('%s', (_what, value, pins) => {
    expect(settingsOf({ pinned_keys: value }).pinnedKeys).toEqual(pins);
  });
});

it('a client certificate', () => {
  const files = { client_cert_file: 'c.pem', client_key_file: 'k.pem' };
  expect(settingsOf(files)).toMatchObject({ clientCertFile: 'c.pem', clientKeyFile: 'k.pem' });
});

describe('credentials', () => {
  it.each([
    ['typed', { identifier: ikey, password: skey }],
    [
      'stored, with an empty vault',
      { identifier: ikey, password: skey, credentials: { user: '' } },
    ],
    ['from a vault', { identifier: '', password: '', credentials: { user: ikey, password: skey } }],
    [
      'from a vault whose user was copied up',
      { identifier: ikey, password: '', credentials: { user: ikey, password: skey } },
    ],
  ])('%s', (_what, credentials) => {
    const { settings } = loadParams({ hostname, credentials });
    expect(settings.ikey).toBe(ikey);
    expect(settings.skey.reveal()).toBe(skey);
  });

  it.each([
    ['a list', []],
    ['text', 'x'],
    ['empty', {}],
    ['null', null],
  ])('%s gives way to the flat keys', (_what, credentials) => {
    expect(loadParams({ ...good, credentials }).settings.ikey).toBe(ikey);
  });
});

const secretValue = 'do-not-show\nthis';

describe('faults', () => {
  it.each([
    ['hostname', undefined, 'is missing'],
    ['hostname', '  ', 'is missing'],
    ['hostname', 'https://', 'is missing'],
    ['hostname', 7, 'must be text'],
    ['hostname', 'http://api-x.duosecurity.com', 'must be reached over https'],
    ['hostname', 'api x.duosecurity.com', 'must not contain spaces'],
    ['hostname', 'https://user:pw@api-x.duosecurity.com', 'must not contain user information'],
    ['hostname', 'api-x.duosecurity.com/auth/v2', 'must be a host name alone, without a path'],
    ['hostname', 'api-x.duosecurity.com?x', 'must be a host name alone, without a path'],
    ['hostname', 'api-x.duosecurity.com#x', 'must be a host name alone, without a path'],
    ['hostname', 'ftp:x', 'must look like api-XXXXXXXX.duosecurity.com'],
    ['hostname', 'host:0', 'must look like api-XXXXXXXX.duosecurity.com'],
    ['hostname', 'host:65536', 'must look like api-XXXXXXXX.duosecurity.com'],
    ['hostname', 'host:1:2', 'must look like api-XXXXXXXX.duosecurity.com'],
    ['hostname', '-bad-.example', 'must look like api-XXXXXXXX.duosecurity.com'],
    ['hostname', 'höst.example', 'must look like api-XXXXXXXX.duosecurity.com'],
    ['ikey', undefined, 'is missing'],
    ['ikey', 5, 'must be text'],
    ['ikey', 'ïkey', 'must be plain ASCII text on one line'],
    ['skey', '', 'is missing'],
    ['skey', {}, 'must be text'],
    ['skey', secretValue, 'must be one line'],
    ['useragent', 'a\r\nb', 'must be plain ASCII text on one line'],
    ['useragent', 'ägent', 'must be plain ASCII text on one line'],
    ['useragent', 1, 'must be text'],
    ['timeout', 0, 'must be a whole number from 1 to 300'],
    ['timeout', '301', 'must be a whole number from 1 to 300'],
    ['timeout', 1.5, 'must be a whole number from 1 to 300'],
    ['timeout', 'soon', 'must be a whole number from 1 to 300'],
    ['timeout', '-1', 'must be a whole number from 1 to 300'],
    ['proxy', 'maybe', 'must be true or false'],
    ['proxy', 'constructor', 'must be true or false'],
    ['insecure', 1, 'must be true or false'],
    ['ca_file', 'a\nb', 'must be one line'],
    ['ca_file', 1, 'must be text'],
    ['use_2fa', [], 'must be true or false'],
    ['require_password', {}, 'must be true or false'],
  ])('%s: %j %s', (name, value, rule) => {
    const error = caught(() => loadParams({ ...good, [name]: value }));
    expect(error).toBeInstanceOf(BadParameterError);
    expect(error).toHaveProperty('faults', [{ name, rule }]);
  });

  const pinRule = 'must be SHA-256 hashes of public keys in base64, separated by commas or spaces';

  it.each([
    ['pinned_keys', { pinned_keys: 'abc' }, pinRule],
    ['pinned_keys', { pinned_keys: `${pin},x` }, pinRule],
    ['pinned_keys', { pinned_keys: ',' }, pinRule],
    ['pinned_keys', { pinned_keys: [] }, pinRule],
    ['pinned_keys', { pinned_keys: 7 }, pinRule],
    ['pinned_keys', { pinned_keys: pin, insecure: true }, 'cannot be checked while insecure is on'],
    ['client_key_file', { client_cert_file: 'c' }, 'is missing; client_cert_file needs it'],
    ['client_cert_file', { client_key_file: 'k' }, 'is missing; client_key_file needs it'],
  ])('%s of %j', (name, params, rule) => {
    const error = caught(() => loadParams({ ...good, ...params }));
    expect(error).toHaveProperty('faults', [{ name, rule }]);
  });

  it('are found all at once', () => {
    const error = caught(() => loadParams({ timeout: 'x', proxy: 'x', ca_file: 1 }));
    expect(error).toHaveProperty(
      'faults',
      ['hostname', 'ikey', 'skey', 'timeout', 'proxy', 'ca_file'].map((name) =>
        expect.objectContaining({ name }),
      ),
    );
  });

  it('never show a value', () => {
    const error = caught(() => loadParams({ hostname: 'user:pw@h', ikey: 'ï', skey: secretValue }));
    for (const shown of [String(error), inspect(error), JSON.stringify(error)]) {
      expect(shown).not.toMatch(/pw@h|ï|do-not-show/);
    }
  });
});

describe('warnings', () => {
  it.each([
    ['ikey', 'DI123'],
    ['ikey', ikey.toLowerCase()],
    ['skey', 'short'],
    ['hostname', 'api-12345678.duosecurity.com.evil.example'],
    ['insecure', true],
  ])('%s of %j is suspicious, but no fault', (name, value) => {
    expect(loadParams({ ...good, [name]: value }).warnings.map((one) => one.name)).toEqual([name]);
  });
});
