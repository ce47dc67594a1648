import nock from 'nock';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { apiRequest } from '../../../src/duo/request.ts';
import { toDuoError } from '../../../src/hosts/node/network-failure.ts';
import { createTransport } from '../../../src/hosts/node/transport.ts';
import { loadParams } from '../../../src/integration/params.ts';
import { rejection } from '../../../testing/caught.ts';
import { keys } from '../../../testing/keys.ts';

const hostname = 'api-12345678.duosecurity.com';
const duo = () => nock(`https://${hostname}`);
const transport = (params: object = {}) =>
  createTransport(loadParams({ hostname, ...keys, ...params }), { now: () => 1000 }).send;

const check = apiRequest('check', 'GET');
const preauth = apiRequest('preauth', 'POST', { username: 'a b' });

// Suites share a process, and others open real sockets.
beforeAll(() => {
  if (!nock.isActive()) {
    nock.activate();
  }
});

afterAll(() => nock.restore());

beforeEach(() => {
  nock.disableNetConnect();
});

afterEach(() => {
  const isDone = nock.isDone();
  nock.cleanAll();
  nock.enableNetConnect();
  expect(isDone).toBe(true);
});

describe('a request', () => {
  it('goes out dated by the clock given, signed, under our name', async () => {
    duo()
      .get('/auth/v2/check')
      .matchHeader('date', 'Thu, 01 Jan 1970 00:00:01 GMT')
      .matchHeader('user-agent', /^xsoar-duo\/\d/)
      .matchHeader('authorization', /^Basic [A-Za-z0-9+/=]+$/)
      .reply(200, '{}');
    expect(await transport()(check)).toMatchObject({
      status: 200,
      sentAtMs: 1000,
      receivedAtMs: 1000,
    });
  });

  it('carries a form that is encoded as it was signed', async () => {
    duo()
      .post('/auth/v2/preauth', (body) => body.username === 'a b')
      .matchHeader('content-type', 'application/x-www-form-urlencoded')
      .matchHeader('user-agent', 'me/2')
      .reply(200, '{}');
    await transport({ useragent: 'me/2' })(preauth);
  });
});

describe('a response', () => {
  it.each([200, 302, 400, 429, 500])('of status %i is handed on as it is', async (status) => {
    const headers = { 'Content-Type': 'text/plain', Location: 'https://evil.example/' };
    duo().get('/auth/v2/check').reply(status, 'body', headers);
    expect(await transport()(check)).toMatchObject({
      status,
      contentType: 'text/plain',
      body: 'body',
      bytes: Buffer.from('body'),
    });
  });

  it('without a content type', async () => {
    duo().get('/auth/v2/check').reply(200, 'x');
    expect(await transport()(check)).toHaveProperty('contentType', '');
  });

  it.each([
    ['announced', { 'Content-Length': String(1024 * 1024 + 1) }],
    ['not announced', {}],
  ])('of more than 1 MiB is refused, its length %s', async (_how, headers) => {
    duo()
      .get('/auth/v2/check')
      .reply(200, Buffer.alloc(1024 * 1024 + 1), headers);
    expect(await rejection(transport()(check))).toMatchObject({
      code: 'unreadable_reply',
      reason: 'it is larger than a response of Duo can be',
    });
  });

  it('of 1 MiB is taken', async () => {
    duo()
      .get('/auth/v2/check')
      .reply(200, Buffer.alloc(1024 * 1024, 'x'));
    expect((await transport()(check)).body).toHaveLength(1024 * 1024);
  });
});

describe('a failure', () => {
  it.each(['ECONNRESET', 'EPIPE', 'E_UNHEARD_OF'])(
    'is not answered by sending again: %s',
    async (code) => {
      const error = Object.assign(new Error('broken'), { code });
      duo().post('/auth/v2/preauth').replyWithError(error);
      expect(await rejection(transport()(preauth))).toMatchObject({
        code: 'network',
        kind: 'reset',
        reason: code,
        endpoint: 'preauth',
      });
    },
  );

  it('that is no error of axios says nothing of what it was', () => {
    const to = { endpoint: 'check', hostname, timeoutMs: 1000 } as const;
    const error = toDuoError(new Error('s3cret'), to);
    expect(error).toMatchObject({ code: 'network', kind: 'reset', reason: 'UNKNOWN' });
    expect(String(error)).not.toContain('s3cret');
  });
});

describe('what headers tell', () => {
  it.each([
    [{ 'Retry-After': '7' }, { retryAfter: '7' }],
    [{ 'X-Retry-After': '9' }, { retryAfter: '9' }],
    [{ Date: 'Thu, 01 Jan 1970 00:00:09 GMT' }, { dateMs: 9000 }],
  ])('%j is handed on as %j', async (headers, hints) => {
    duo().get('/auth/v2/check').reply(429, '{}', headers);
    expect(await transport()(check)).toMatchObject(hints);
  });

  it.each([
    ['is UTF-8', Buffer.from('{"a":"ë"}'), true],
    ['is not', Buffer.from([0x7b, 0xff, 0x7d]), false],
  ])('a body that %s is distinguished', async (_what, body, is) => {
    duo().get('/auth/v2/check').reply(200, body);
    expect(await transport()(check)).toHaveProperty('isUtf8', is);
  });
});

it('names a file of authorities that cannot be read', () => {
  expect(() => transport({ ca_file: '/nowhere/ca.pem' })).toThrow(/ca_file: cannot be read/);
});
