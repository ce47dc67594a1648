import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { NetworkError } from '../../../src/duo/errors/network-error.ts';
import { apiRequest } from '../../../src/duo/request.ts';
import { createTransport } from '../../../src/hosts/xsoar/transport.ts';
import { loadParams } from '../../../src/integration/params.ts';
import { caught } from '../../../testing/caught.ts';
import { fakeNowMs, fakeServer, instanceParams, okResponse } from '../../../testing/fake-server.ts';

const send = (
  request: ReturnType<typeof apiRequest>,
  params: Record<string, unknown> = {},
  response: unknown = okResponse({}),
) => {
  const server = fakeServer({}, [response]);
  const { settings } = loadParams({ ...instanceParams, ...params });
  const reply = createTransport(settings, server)(request);
  return { reply, call: server.calls[0] };
};

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

  it('hands the reply over as it came, with the clock before and after', () => {
    const { reply } = send(apiRequest('check', 'GET'), {}, { StatusCode: 502, Body: '<html>' });
    expect(reply).toEqual({
      status: 502,
      contentType: '',
      body: '<html>',
      sentAtMs: fakeNowMs,
      receivedAtMs: fakeNowMs,
    });
  });

  it('fails where no reply came', () => {
    const failure = { StatusCode: -1, Status: 'timeout' };
    const error = caught(() => send(apiRequest('check', 'GET'), {}, failure));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({
      kind: 'timeout',
      message: `${instanceParams.hostname} did not answer /check within 60 s.`,
    });
  });
});
