import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { NetworkError } from '../../../src/duo/errors/network-error.ts';
import { apiRequest } from '../../../src/duo/request.ts';
import { createTransport } from '../../../src/hosts/xsoar/http.ts';
import { loadParams } from '../../../src/integration/params.ts';
import { caught } from '../../../testing/caught.ts';
import { fakeNowMs, fakeServer, instanceParams, okResponse } from './fake-server.ts';

const send = (
  request: ReturnType<typeof apiRequest>,
  params: Record<string, unknown> = {},
  response: unknown = okResponse({}),
) => {
  const server = fakeServer({}, [response]);
  const { settings } = loadParams({ ...instanceParams, ...params });
  const received = createTransport(settings, server)(request);
  return { received, call: server.calls[0] };
};

const check = apiRequest('check', 'GET');
const auth = apiRequest('auth', 'POST', { username: 'alice' });
const { hostname } = instanceParams;

const date = 'Fri, 02 Jan 2026 03:04:05 GMT';

describe('the transport over http()', () => {
  it('signs what it sends, as Duo checks it', () => {
    const { call } = send(apiRequest('preauth', 'POST', { username: 'Zoë & co', ipaddr: '::1' }));
    const body = 'ipaddr=%3A%3A1&username=Zo%C3%AB%20%26%20co';
    const { identifier, password } = instanceParams.credentials;
    const canonical = [date, 'POST', instanceParams.hostname, '/auth/v2/preauth', body].join('\n');
    const signature = createHmac('sha512', password).update(canonical).digest('hex');
    const basic = Buffer.from(`${identifier}:${signature}`).toString('base64');
    expect(call).toMatchObject({
      url: `https://${instanceParams.hostname}/auth/v2/preauth`,
      request: {
        Method: 'POST',
        Body: body,
        Headers: {
          Authorization: [`Basic ${basic}`],
          'Content-Type': ['application/x-www-form-urlencoded'],
        },
      },
    });
  });

  it('sends the date twice, should the server set Date itself', () => {
    const { call } = send(apiRequest('check', 'GET'));
    expect(call?.request.Headers).toMatchObject({ Date: [date], 'X-Duo-Date': [date] });
  });

  it.each([
    ['an ordinary call', {}, {}, 60_000],
    ['an instance with a time-out of its own', {}, { timeout: '20' }, 20_000],
    ['a call that Duo holds open', { holdsOpen: true }, { timeout: '20' }, 75_000],
  ])('gives %s its time in milliseconds', (_name, options, params, timeoutMs) => {
    const { call } = send(apiRequest('auth_status', 'GET', {}, options), params);
    expect(call?.timeoutMs).toBe(timeoutMs);
  });

  it.each([
    [{}, false, false],
    [{ insecure: true, proxy: 'false' }, true, false],
    [{ insecure: 'false', proxy: true }, false, true],
  ])('passes %j on', (params, insecure, proxy) => {
    expect(send(apiRequest('check', 'GET'), params).call).toMatchObject({ insecure, proxy });
  });

  it('returns the response as it came, with the clock before and after', () => {
    const { received } = send(apiRequest('check', 'GET'), {}, { StatusCode: 502, Body: '<html>' });
    expect(received).toEqual({
      status: 502,
      contentType: '',
      body: '<html>',
      sentAtMs: fakeNowMs,
      receivedAtMs: fakeNowMs,
    });
  });

  it('passes headers as lists, and no body with a GET', () => {
    const { call } = send(apiRequest('check', 'GET'));
    expect(call?.request).not.toHaveProperty('Body');
    expect(Object.values(call?.request.Headers ?? {}).every(Array.isArray)).toBe(true);
  });

  it.each([
    ['a list', { 'Content-Type': ['text/html'] }, 'text/html'],
    ['a text', { 'Content-Type': 'text/html' }, 'text/html'],
    ['another case', { 'content-type': ['text/html'] }, 'text/html'],
    ['no such header', { Server: ['x'] }, ''],
    ['no headers', undefined, ''],
  ])('reads the content type from %s', (_name, Headers, contentType) => {
    const { received } = send(check, {}, { StatusCode: 404, Headers, Body: 'x' });
    expect(received).toMatchObject({ status: 404, contentType, body: 'x' });
  });

  it('takes a response without a body for an empty one', () => {
    expect(send(check, {}, { StatusCode: 204 }).received).toMatchObject({ status: 204, body: '' });
  });
});

const failure = (response: unknown, request = check): NetworkError => {
  const error = caught(() => send(request, {}, response));
  expect(error).toBeInstanceOf(NetworkError);
  return error as NetworkError;
};

const failing = (Status: string) => ({ StatusCode: -1, Status });

const throwing = (thrown: unknown) => () => {
  throw thrown;
};

describe('a failure of http()', () => {
  it.each([
    ['a status of -1', failing('timeout'), 'timeout'],
    ['a status of 0', { StatusCode: 0, Status: '' }, 'no reason given'],
    ['a status that is no number', { StatusCode: '200', Status: 'odd' }, 'odd'],
    ['nothing', null, 'the server gave no response'],
    ['an error thrown', throwing(new Error('no such host')), 'no such host'],
    ['an object with a message thrown', throwing({ message: 'EOF' }), 'EOF'],
    ['a text thrown', throwing('connection refused'), 'connection refused'],
    ['anything else thrown', throwing(42), 'no reason given'],
  ])('is %s', (_name, response, reason) => {
    expect(failure(response).reason).toBe(reason);
  });

  it('says what did not answer, and within what time', () => {
    expect(failure(failing('timeout'))).toMatchObject({
      kind: 'timeout',
      message: `${hostname} did not answer /check within 60 s.`,
    });
  });

  it.each([
    [`dial tcp: lookup ${hostname}: no such host`, 'dns'],
    ['dial tcp 192.0.2.1:443: connect: connection refused', 'refused'],
    ['dial tcp 192.0.2.1:443: connect: no route to host', 'refused'],
    ['dial tcp: connect: network is unreachable', 'refused'],
    ['x509: certificate signed by unknown authority', 'tls'],
    ['remote error: tls: handshake failure', 'tls'],
    ['proxyconnect tcp: dial tcp 192.0.2.9:3128: connect: connection refused', 'proxy'],
    ['timeout', 'timeout'],
    ['context deadline exceeded (Client.Timeout exceeded while awaiting headers)', 'timeout'],
    ['dial tcp 192.0.2.1:443: i/o timeout', 'timeout'],
    ['EOF', 'reset'],
    ['', 'reset'],
  ])('in the words %j is of the kind %s', (words, kind) => {
    expect(failure(failing(words))).toMatchObject({ kind, endpoint: 'check' });
  });

  it.each([
    [`Post "https://${hostname}/auth/v2/auth": dial tcp 192.0.2.1:443: connect: refused`, 'no'],
    [`Post "https://${hostname}/auth/v2/auth": x509: certificate has expired`, 'no'],
    ['dial tcp 192.0.2.1:443: i/o timeout', 'no'],
    [`Post "https://${hostname}/auth/v2/auth": EOF`, 'unknown'],
    ['Get "https://elsewhere.example/": dial tcp 192.0.2.1:443: connect: refused', 'unknown'],
    ['Get https://elsewhere.example/: dial tcp 192.0.2.1:443: connect: refused', 'unknown'],
  ])('in the words %j was sent: %s', (words, sent) => {
    expect(failure(failing(words), auth)).toMatchObject({ sent });
  });

  it('keeps why a certificate is not trusted', () => {
    const words = `Get "https://${hostname}/auth/v2/check": x509: certificate has expired`;
    expect(failure(failing(words)).message).toBe(
      `${hostname} is not trusted: Get x509: certificate has expired.`,
    );
  });

  it('does not repeat the address, which holds the transaction', () => {
    const words = `Get "https://${hostname}/auth/v2/auth_status?txid=12-34": EOF`;
    const error = failure(failing(words));
    expect(JSON.stringify(error)).not.toContain('12-34');
    expect(error.reason).toBe('Get EOF');
  });

  it('is not misled by a host that is named after a proxy', () => {
    expect(failure(failing('Get "https://proxy.example/auth/v2/check": EOF')).kind).toBe('reset');
  });

  it('has at most 200 characters of reason', () => {
    expect(failure(failing('x'.repeat(5000))).reason).toHaveLength(200);
  });
});
