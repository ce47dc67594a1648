import { describe, expect, it } from 'vitest';
import { BadArgumentError } from '../../src/duo/errors/input-errors.ts';
import { type Account, createRequestWriter } from '../../src/duo/http-request.ts';
import { apiRequest } from '../../src/duo/request.ts';
import type { SignRequestInput } from '../../src/duo/sign-request.ts';
import { nodePrimitives, signRequest } from '../../src/hosts/node/sign-request.ts';
import { caught } from '../../testing/caught.ts';

const account: Account = {
  hostname: 'api-xxxxxxxx.duosecurity.com',
  ikey: 'DIWJ8X6AEYOR5OMC6TQ1',
  skey: 'Zh5eGmUq9zpfQnyUIu5OL9iWoMMv5ZNmk3zLJ4Ep',
  useragent: 'test/1',
};

const nowMs = Date.parse('2012-08-21T17:29:18Z');
const write = (request = apiRequest('check', 'GET'), overrides: Partial<Account> = {}) =>
  createRequestWriter({ ...account, ...overrides }, nodePrimitives)(request, nowMs);

const post = apiRequest('preauth', 'POST', { username: 'a b+c', ipaddr: '10.0.0.1' });
const get = apiRequest('auth_status', 'GET', { txid: 'a b' });

const signatureOf = (input: Partial<SignRequestInput>) =>
  signRequest({
    ikey: account.ikey,
    skey: account.skey,
    host: account.hostname,
    date: 'Tue, 21 Aug 2012 17:29:18 GMT',
    method: 'GET',
    path: get.path,
    ...input,
  }).authorization;

describe('a request', () => {
  it('is dated in English, as GMT', () => {
    expect(write().headers).toMatchObject({
      Date: 'Tue, 21 Aug 2012 17:29:18 GMT',
      'User-Agent': 'test/1',
      Accept: 'application/json, image/png',
    });
  });

  it("is dated by Duo's clock where that is known", () => {
    const { headers } = write({ ...apiRequest('check', 'GET'), clockSkewSeconds: -61 });
    expect(headers['Date']).toBe('Tue, 21 Aug 2012 17:28:17 GMT');
  });

  it('carries the parameters of a GET in the query', () => {
    const { url, body, headers } = write(get);
    expect(url).toBe('https://api-xxxxxxxx.duosecurity.com/auth/v2/auth_status?txid=a%20b');
    expect(body).toBeUndefined();
    expect(headers).not.toHaveProperty('Content-Type');
    expect(headers['Authorization']).toBe(signatureOf({ params: get.params }));
  });

  it('carries the parameters of a POST as a form, encoded as they were signed', () => {
    const { url, body, headers } = write(post);
    expect(url).toBe('https://api-xxxxxxxx.duosecurity.com/auth/v2/preauth');
    expect(body).toBe('ipaddr=10.0.0.1&username=a%20b%2Bc');
    expect(headers['Content-Type']).toBe('application/x-www-form-urlencoded');
    expect(headers['Authorization']).toBe(
      signatureOf({ method: 'POST', path: post.path, params: post.params }),
    );
  });

  it('goes unsigned to ping', () => {
    const { headers } = write(apiRequest('ping', 'GET', {}, { signed: false }));
    expect(headers).not.toHaveProperty('Authorization');
  });

  it('signs with SHA-1 on request', () => {
    const { headers } = write(get, { algorithm: 'sha1' });
    expect(headers['Authorization']).toBe(signatureOf({ params: get.params, algorithm: 'sha1' }));
  });

  it.each([2, 5] as const)('names a parameter that is no Unicode text, version %i', (version) => {
    const broken = apiRequest('preauth', 'POST', { username: '\ud83d' });
    const error = caught(() => write(broken, { signatureVersion: version }));
    expect(error).toBeInstanceOf(BadArgumentError);
    expect(error).toHaveProperty('faults.0.name', 'username');
  });
});

describe('version 5', () => {
  it('sends JSON, and signs its hash and no parameters', () => {
    const { url, body = '', headers } = write(post, { signatureVersion: 5 });
    expect(url).toBe('https://api-xxxxxxxx.duosecurity.com/auth/v2/preauth');
    expect(JSON.parse(body)).toEqual(post.params);
    expect(headers['Content-Type']).toBe('application/json');
    expect(headers['Authorization']).toBe(
      signatureOf({ method: 'POST', path: post.path, version: 5, body }),
    );
  });

  it('signs the query of a GET, and an empty body', () => {
    const { headers } = write(get, { signatureVersion: 5 });
    expect(headers['Authorization']).toBe(
      signatureOf({ params: get.params, version: 5, body: '' }),
    );
  });

  it('signs X-Duo-Date where it is sent', () => {
    const { headers } = write(get, { signatureVersion: 5, sendDuoDate: true });
    const duoDate = { 'X-Duo-Date': 'Tue, 21 Aug 2012 17:29:18 GMT' };
    expect(headers).toMatchObject(duoDate);
    expect(headers['Authorization']).toBe(
      signatureOf({ params: get.params, version: 5, headers: duoDate }),
    );
  });

  it('does not go with SHA-1', () => {
    expect(() => write(get, { signatureVersion: 5, algorithm: 'sha1' })).toThrow(TypeError);
  });
});

describe('a host with a port', () => {
  it.each([
    ['is signed without it', false, 'localhost'],
    ['is signed with it on request', true, 'localhost:8443'],
  ])('%s', (_what, signPort, host) => {
    const { url, headers } = write(get, { hostname: 'localhost:8443', signPort });
    expect(url).toMatch(/^https:\/\/localhost:8443\//);
    expect(headers['Authorization']).toBe(signatureOf({ host, params: get.params }));
  });
});
