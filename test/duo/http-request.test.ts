import { describe, expect, it } from 'vitest';
import { type Account, toHttpRequest } from '../../src/duo/http-request.ts';
import { apiRequest } from '../../src/duo/request.ts';
import { nodePrimitives, signRequest } from '../../src/hosts/node/sign-request.ts';

const account: Account = {
  hostname: 'api-xxxxxxxx.duosecurity.com',
  ikey: 'DIWJ8X6AEYOR5OMC6TQ1',
  skey: 'Zh5eGmUq9zpfQnyUIu5OL9iWoMMv5ZNmk3zLJ4Ep',
  useragent: 'test/1',
};

const date = new Date('2012-08-21T17:29:18Z');
const wire = (request = apiRequest('check', 'GET'), overrides: Partial<Account> = {}) =>
  toHttpRequest(request, { ...account, ...overrides }, date, nodePrimitives);

const signed = {
  ikey: account.ikey,
  skey: account.skey,
  host: account.hostname,
  date: 'Tue, 21 Aug 2012 17:29:18 GMT',
};

const post = apiRequest('preauth', 'POST', { username: 'a b+c', ipaddr: '10.0.0.1' });
const get = apiRequest('auth_status', 'GET', { txid: 'a b' });

describe('toWireRequest', () => {
  it('dates a request in English, as GMT', () => {
    expect(wire().headers).toMatchObject({ Date: signed.date, 'User-Agent': 'test/1' });
  });

  it('puts the parameters of a GET into the query', () => {
    const { url, body, headers } = wire(get);
    expect(url).toBe('https://api-xxxxxxxx.duosecurity.com/auth/v2/auth_status?txid=a%20b');
    expect(body).toBeUndefined();
    expect(headers).not.toHaveProperty('Content-Type');
  });

  it('puts the parameters of a POST into a form, encoded as they were signed', () => {
    const { url, body, headers } = wire(post);
    expect(url).toBe('https://api-xxxxxxxx.duosecurity.com/auth/v2/preauth');
    expect(body).toBe('ipaddr=10.0.0.1&username=a%20b%2Bc');
    expect(headers['Content-Type']).toBe('application/x-www-form-urlencoded');
    expect(headers['Authorization']).toBe(
      signRequest({ ...signed, method: 'POST', path: post.path, params: post.params })
        .authorization,
    );
  });

  it('puts them into JSON under version 5', () => {
    const { body, headers } = wire(post, { signatureVersion: 5 });
    expect(JSON.parse(body ?? '')).toEqual(post.params);
    expect(headers['Content-Type']).toBe('application/json');
    expect(headers['Authorization']).toBe(
      signRequest({ ...signed, method: 'POST', path: post.path, version: 5, body: body ?? '' })
        .authorization,
    );
  });

  it('signs with SHA-1 on request', () => {
    const sha1 = wire(get, { algorithm: 'sha1' }).headers['Authorization'];
    expect(sha1).toBe(
      signRequest({
        ...signed,
        method: 'GET',
        path: get.path,
        params: get.params,
        algorithm: 'sha1',
      }).authorization,
    );
  });

  it('sends ping without a signature', () => {
    const ping = apiRequest('ping', 'GET', {}, { signed: false });
    expect(wire(ping).headers).not.toHaveProperty('Authorization');
  });

  it('connects to a port but signs the host without it', () => {
    const { url, headers } = wire(get, { hostname: 'localhost:8443' });
    expect(url).toMatch(/^https:\/\/localhost:8443\//);
    expect(headers['Authorization']).toBe(
      signRequest({
        ...signed,
        host: 'localhost',
        method: 'GET',
        path: get.path,
        params: get.params,
      }).authorization,
    );
  });
});

it('is dated by the clock of Duo where that is known', () => {
  const request = { ...apiRequest('check', 'GET'), clockSkewSeconds: -61 };
  expect(wire(request).headers['Date']).toBe('Tue, 21 Aug 2012 17:28:17 GMT');
});
