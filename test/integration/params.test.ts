import { describe, expect, it } from 'vitest';
import { loadParams } from '../../src/integration/params.ts';
import { caught } from '../../testing/caught.ts';

const ikey = 'DIWJ8X6AEYOR5OMC6TQ1';
const skey = 'Zh5eGmUq9zpfQnyUIu5OL9iWoMMv5ZNmk3zLJ4Ep';
const hostname = 'api-12345678.duosecurity.com';
const good = { hostname, ikey, skey };

const settingsOf = (params: Record<string, unknown>) => loadParams({ ...good, ...params }).settings;

it.each([undefined, null, '', '   '])('a parameter of %j has its default', (empty) => {
  const params = {
    useragent: empty,
    timeout: empty,
    proxy: empty,
    ca_file: empty,
    pinned_keys: empty,
  };
  expect(settingsOf(params)).toEqual({ ...settingsOf({}), skey: expect.anything() });
});

describe('text, as XSOAR and the environment hold it', () => {
  it.each([
    ['timeout', 5, 5],
    ['timeout', ' 300 ', 300],
  ])('%s of %j', (name, value, seconds) => {
    expect(settingsOf({ [name]: value }).timeoutSeconds).toBe(seconds);
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
    const boxes = { proxy: value, insecure: value, sign_port: value };
    expect(settingsOf(boxes)).toMatchObject({ proxy: is, insecure: is, signPort: is });
  });

  it.each([
    ['signature_version', '5', { signatureVersion: 5 }],
    ['algorithm', 'sha1', { algorithm: 'sha1' }],
    ['ca_file', ' ca.pem ', { caFile: 'ca.pem' }],
  ])('%s of %j', (name, value, settings) => {
    expect(settingsOf({ [name]: value })).toMatchObject(settings);
  });

  it('a client certificate', () => {
    const files = { client_cert_file: 'c.pem', client_key_file: 'k.pem' };
    expect(settingsOf(files)).toMatchObject({ clientCertFile: 'c.pem', clientKeyFile: 'k.pem' });
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

describe('faults have the names of parameters', () => {
  it.each([
    ['hostname', { hostname: 7 }, 'must be text'],
    ['ikey', { ikey: undefined }, 'is missing'],
    ['skey', { skey: {} }, 'must be text'],
    ['timeout', { timeout: 'soon' }, 'must be a whole number from 1 to 300'],
    ['timeout', { timeout: '301' }, 'must be a whole number from 1 to 300'],
    ['timeout', { timeout: '-1' }, 'must be a whole number from 1 to 300'],
    ['proxy', { proxy: 'maybe' }, 'must be true or false'],
    ['proxy', { proxy: 'constructor' }, 'must be true or false'],
    ['insecure', { insecure: 1 }, 'must be true or false'],
    ['ca_file', { ca_file: 1 }, 'must be text'],
    ['pinned_keys', { pinned_keys: ',' }, 'must be SHA-256 hashes of public keys in base64'],
    ['pinned_keys', { pinned_keys: 7 }, 'must be SHA-256 hashes of public keys in base64'],
    ['client_key_file', { client_cert_file: 'c' }, 'is missing; client_cert_file needs it'],
    [
      'algorithm',
      { signature_version: '5', algorithm: 'sha1' },
      'must be sha512 with signature_version 5',
    ],
  ])('%s of %j', (name, params, rule) => {
    const error = caught(() => loadParams({ ...good, ...params }));
    expect(error).toHaveProperty('faults', [{ name, rule }]);
  });
});

describe('unknown parameters', () => {
  it.each([
    ['insecur', 'is not a parameter; did you mean insecure?'],
    ['caFile', 'is not a parameter; did you mean ca_file?'],
    ['verbose', 'is not a parameter'],
  ])('%s is refused', (name, rule) => {
    const error = caught(() => loadParams({ ...good, [name]: true }));
    expect(error).toHaveProperty('faults', [{ name, rule }]);
  });

  it.each(['use_2fa', 'require_password', 'incidentType', 'defaultIgnore', 'engine'])(
    'XSOAR has %s beside the parameters, and it is left alone',
    (name) => {
      expect(() => settingsOf({ [name]: 'x' })).not.toThrow();
    },
  );

  it('are ignored on a platform that checks them itself', () => {
    const params = { ...good, insecur: true };
    expect(loadParams(params, { unknownParameters: 'ignore' }).settings.insecure).toBe(false);
  });
});
