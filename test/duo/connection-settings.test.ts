import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  type GivenOptions,
  parseConnectionSettings,
  timeoutMsOf,
} from '../../src/duo/connection-settings.ts';
import { BadParameterError } from '../../src/duo/errors/input-errors.ts';
import { apiRequest } from '../../src/duo/request.ts';
import { version } from '../../src/duo/version.ts';
import { caught } from '../../testing/caught.ts';

const ikey = 'DIWJ8X6AEYOR5OMC6TQ1';
const skey = 'Zh5eGmUq9zpfQnyUIu5OL9iWoMMv5ZNmk3zLJ4Ep';
const hostname = 'api-12345678.duosecurity.com';
const good = { hostname, ikey, skey };

const settingsOf = (options: GivenOptions) =>
  parseConnectionSettings({ ...good, ...options }).settings;

describe('defaults', () => {
  it('of everything but the hostname and the keys', () => {
    const { settings, warnings } = parseConnectionSettings(good);
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
      signatureVersion: 2,
      algorithm: 'sha512',
      signPort: false,
    });
    expect(settings.skey.reveal()).toBe(skey);
    expect(warnings).toEqual([]);
    expect(settings).toSatisfy(Object.isFrozen);
  });

  it.each([undefined, null, '', '   '])('an option of %j counts as absent', (empty) => {
    const options = { useragent: empty, timeout: empty, proxy: empty, caFile: empty };
    expect(settingsOf(options)).toMatchObject({
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

  it.each(['localhost:8443', 'localhost:65535', 'api-x.duofederal.com', '127.0.0.1:1'])(
    'hostname: %s',
    (value) => {
      expect(settingsOf({ hostname: value }).hostname).toBe(value);
    },
  );

  it.each([{ timeout: 1 }, { timeout: 300 }])('%j', ({ timeout }) => {
    expect(settingsOf({ timeout }).timeoutSeconds).toBe(timeout);
  });

  it.each([
    { proxy: true, insecure: true, signPort: true },
    { proxy: false, insecure: false, signPort: false },
    { signatureVersion: 5, algorithm: 'sha512' },
    { signatureVersion: 2, algorithm: 'sha1' },
    { clientCertFile: 'c.pem', clientKeyFile: 'k.pem' },
  ])('%j', (options) => {
    expect(settingsOf(options)).toMatchObject(options);
  });

  it('text is trimmed', () => {
    const padded = {
      ikey: ` ${ikey}\n`,
      skey: `\t${skey} `,
      useragent: ' me/1 ',
      caFile: ' ca.pem ',
    };
    const settings = settingsOf(padded);
    expect(settings).toMatchObject({ ikey, useragent: 'me/1', caFile: 'ca.pem' });
    expect(settings.skey.reveal()).toBe(skey);
  });
});

const pin = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';
const otherPin = 'j/9+sW1rr1f0yS2gKYJ4Yh7aDX4yGmyVyyBQBzzXDFU=';

it('pinned keys, with and without a prefix', () => {
  const pinnedKeys = [pin, `sha256/${otherPin}`];
  expect(settingsOf({ pinnedKeys }).pinnedKeys).toEqual([pin, otherPin]);
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
    ['timeout', 301, 'must be a whole number from 1 to 300'],
    ['timeout', 1.5, 'must be a whole number from 1 to 300'],
    ['timeout', 'soon', 'must be a whole number from 1 to 300'],
    ['timeout', '-1', 'must be a whole number from 1 to 300'],
    ['proxy', 'maybe', 'must be true or false'],
    ['proxy', 'constructor', 'must be true or false'],
    ['insecure', 1, 'must be true or false'],
    ['signPort', 'yes', 'must be true or false'],
    ['signatureVersion', 3, 'must be 2 or 5'],
    ['algorithm', 'md5', 'must be sha512 or sha1'],
    ['caFile', 'a\nb', 'must be one line'],
    ['caFile', 1, 'must be text'],
  ])('%s: %j %s', (name, value, rule) => {
    const error = caught(() => parseConnectionSettings({ ...good, [name]: value }));
    expect(error).toBeInstanceOf(BadParameterError);
    expect(error).toHaveProperty('faults', [{ name, rule }]);
  });

  const pinRule = 'must be SHA-256 hashes of public keys in base64';

  it.each([
    ['pinnedKeys', { pinnedKeys: 'abc' }, pinRule],
    ['pinnedKeys', { pinnedKeys: [pin, 'x', 'y'] }, pinRule],
    ['pinnedKeys', { pinnedKeys: [] }, pinRule],
    ['pinnedKeys', { pinnedKeys: [pin], insecure: true }, 'cannot be checked while insecure is on'],
    ['clientKeyFile', { clientCertFile: 'c' }, 'is missing; clientCertFile needs it'],
    ['clientCertFile', { clientKeyFile: 'k' }, 'is missing; clientKeyFile needs it'],
    [
      'algorithm',
      { signatureVersion: 5, algorithm: 'sha1' },
      'must be sha512 with signatureVersion 5',
    ],
  ])('%s of %j', (name, options, rule) => {
    const error = caught(() => parseConnectionSettings({ ...good, ...options }));
    expect(error).toHaveProperty('faults', [{ name, rule }]);
  });

  it('are found all at once, with those of the caller', () => {
    const options = { timeout: 'x', proxy: 'x', caFile: 1, clientKeyFile: 'k' };
    const otherFaults = [{ name: 'spelling', rule: 'is not an option' }];
    const error = caught(() => parseConnectionSettings(options, { otherFaults }));
    expect(error).toHaveProperty(
      'faults',
      ['hostname', 'ikey', 'skey', 'timeout', 'proxy', 'caFile', 'clientCertFile', 'spelling'].map(
        (name) => expect.objectContaining({ name }),
      ),
    );
  });

  it('of the caller are enough', () => {
    const otherFaults = [{ name: 'spelling', rule: 'is not an option' }];
    const error = caught(() => parseConnectionSettings(good, { otherFaults }));
    expect(error).toHaveProperty('faults', otherFaults);
  });

  it('never show a value', () => {
    const options = { hostname: 'user:pw@h', ikey: 'ï', skey: secretValue };
    const error = caught(() => parseConnectionSettings(options));
    for (const shown of [String(error), inspect(error), JSON.stringify(error)]) {
      expect(shown).not.toMatch(/pw@h|ï|do-not-show/);
    }
  });
});

describe('warnings', () => {
  const rules = {
    ikey: "does not look like Duo's: DI and 18 capital letters and digits",
    skey: "does not look like Duo's: 40 letters and digits",
    hostname: 'does not end in duosecurity.com or duofederal.com',
    insecure: 'is on: any certificate is trusted',
  };

  it.each([
    ['ikey', 'DI123'],
    ['ikey', ikey.toLowerCase()],
    ['ikey', `X${ikey}`],
    ['ikey', `${ikey}X`],
    ['skey', 'short'],
    ['skey', `x${skey}`],
    ['skey', `${skey}x`],
    ['skey', skey.replace('Z', '-')],
    ['hostname', 'api-12345678.duosecurity.com.evil.example'],
    ['insecure', true],
  ] as const)('%s of %j is suspicious, but no fault', (name, value) => {
    const { warnings } = parseConnectionSettings({ ...good, [name]: value });
    expect(warnings).toEqual([{ name, rule: rules[name] }]);
  });

  it('are spelled as the caller spells', () => {
    const nameOf = (option: string) => option.toUpperCase();
    const { warnings } = parseConnectionSettings({ ...good, ikey: 'DI123' }, { nameOf });
    expect(warnings.map(({ name }) => name)).toEqual(['IKEY']);
  });
});

describe('timeoutMsOf', () => {
  const settings = { timeoutSeconds: 60 };

  it.each([
    ['an ordinary request', apiRequest('check', 'GET'), 60_000],
    ['one that Duo holds open', apiRequest('auth', 'POST', {}, { holdsOpen: true }), 75_000],
    ['one with less time left', { ...apiRequest('check', 'GET'), withinSeconds: 1.0004 }, 1_001],
    ['one with more time left', { ...apiRequest('check', 'GET'), withinSeconds: 90 }, 60_000],
  ])('%s', (_what, request, milliseconds) => {
    expect(timeoutMsOf(request, settings)).toBe(milliseconds);
  });
});
