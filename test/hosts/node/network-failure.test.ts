import type { RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { mayReachUserAdvice } from '../../../src/duo/errors/network-error.ts';
import { SendFailure } from '../../../src/hosts/node/adapter.ts';
import { createIntegration } from '../../../src/hosts/node/create-integration.ts';
import { toDuoError } from '../../../src/hosts/node/network-failure.ts';
import { proxySpoke } from '../../../src/hosts/node/proxy.ts';
import { createCertificate } from '../../../src/simulator/server/certificate.ts';
import { rejection } from '../../../testing/caught.ts';
import { keys } from '../../../testing/keys.ts';
import { useQuickWaits } from '../../../testing/quick-waits.ts';
import { startTlsServer } from '../../../testing/tls-server.ts';

useQuickWaits();

const ping = (params: object) =>
  createIntegration({ hostname: 'localhost', ...keys, ...params }).run('duo-ping');

const startTcpServer = async (onConnection: (socket: Socket) => void) => {
  const server = createServer(onConnection);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
};

describe('what is between us and Duo is named', () => {
  it('dns', async () => {
    expect(await rejection(ping({ hostname: 'no-such-host.invalid' }))).toMatchObject({
      kind: 'dns',
      message: 'The host name no-such-host.invalid was not found.',
    });
  });

  it('refused', async () => {
    // Nothing listens on the lowest port, which only root could take.
    expect(await rejection(ping({ hostname: '127.0.0.1:1' }))).toMatchObject({
      kind: 'refused',
      reason: 'ECONNREFUSED',
    });
  });

  it('tls: an authority that is not trusted', async () => {
    const { hostname } = await startTlsServer((_request, response) => void response.end('{}'));
    expect(await rejection(ping({ hostname }))).toMatchObject({
      kind: 'tls',
      message: `${hostname} is not trusted: its certificate comes from an authority that is not trusted here: xsoar-duo simulator.`,
    });
  });

  it('tls: another host', async () => {
    const answer: RequestListener = (_request, response) => void response.end('{}');
    const { port, caFile } = await startTlsServer(answer, '127.0.0.2');
    const hostname = `127.0.0.2:${port}`;
    expect(await rejection(ping({ hostname, ca_file: caFile }))).toMatchObject({
      kind: 'tls',
      message: expect.stringMatching(
        /is not trusted: its certificate is for another host: .*DNS:localhost\b/,
      ),
    });
  });

  it('tls: too old', async () => {
    const certificate = await createCertificate([]);
    const old = createTlsServer({
      key: certificate.key,
      cert: certificate.cert,
      minVersion: 'TLSv1.1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    await new Promise<void>((resolve) => old.listen(0, '127.0.0.1', resolve));
    onTestFinished(async () => {
      old.close();
      await certificate.remove();
    });
    const { port } = old.address() as AddressInfo;
    expect(await rejection(ping({ hostname: `localhost:${port}`, insecure: true }))).toMatchObject({
      kind: 'tls',
    });
  });

  it('tls: no TLS at all', async () => {
    const port = await startTcpServer((socket) => void socket.end('HTTP/1.1 200 OK\r\n\r\n'));
    expect(await rejection(ping({ hostname: `127.0.0.1:${port}` }))).toMatchObject({ kind: 'tls' });
  });

  it('timeout', async () => {
    const { hostname, caFile } = await startTlsServer(() => undefined);
    expect(await rejection(ping({ hostname, ca_file: caFile, timeout: 1 }))).toMatchObject({
      kind: 'timeout',
      message: `${hostname} did not answer /ping within 1 s.`,
    });
  });

  it('reset, before the response', async () => {
    const { hostname, caFile } = await startTlsServer((request) => void request.socket.destroy());
    expect(await rejection(ping({ hostname, ca_file: caFile }))).toMatchObject({ kind: 'reset' });
  });

  it('reset, within the response', async () => {
    const { hostname, caFile } = await startTlsServer((request, response) => {
      response.writeHead(200, { 'Content-Length': '100' });
      response.write('{"stat":', () => request.socket.destroy());
    });
    expect(await rejection(ping({ hostname, ca_file: caFile }))).toMatchObject({ kind: 'reset' });
  });
});

it('insecure trusts any certificate', async () => {
  const body = JSON.stringify({ stat: 'OK', response: { time: 1 } });
  const { hostname } = await startTlsServer((_request, response) => void response.end(body));
  expect(await ping({ hostname, insecure: true })).toHaveLength(1);
});

describe('the error of ours', () => {
  const to = { endpoint: 'auth', hostname: 'api-x.duosecurity.com', timeoutMs: 60_000 } as const;
  const errorFor = (code: string, message = '', cause?: unknown) =>
    toDuoError(new SendFailure(code, message, undefined, cause), to);

  // Written out once more, so that a code that changes its kind is noticed.
  it.each([
    ['ENOTFOUND', 'dns'],
    ['EAI_AGAIN', 'dns'],
    ['EAI_FAIL', 'dns'],
    ['ECONNREFUSED', 'refused'],
    ['EHOSTUNREACH', 'refused'],
    ['ENETUNREACH', 'refused'],
    ['EACCES', 'refused'],
    ['ETIMEDOUT', 'timeout'],
    ['ECONNRESET', 'reset'],
    ['EPIPE', 'reset'],
    ['CERT_HAS_EXPIRED', 'tls'],
  ])('for %s before a connection: %s, and nothing was sent', (code, kind) => {
    const error = errorFor(code);
    expect(error).toMatchObject({ kind, reason: code, sent: 'no' });
    expect(error.advice).not.toContain(mayReachUserAdvice);
  });

  it("takes OpenSSL's word from a message that is all there is", () => {
    const message =
      'write EPROTO 00A1:error:0A000410:SSL routines:ssl3_read:wrong version number:x.c:1:';
    expect(errorFor('EPROTO', message)).toHaveProperty('reason', 'ERR_SSL_WRONG_VERSION_NUMBER');
    expect(errorFor('EPROTO', 'write EPROTO')).toMatchObject({ kind: 'tls', reason: 'EPROTO' });
    expect(errorFor('ECONNRESET', message)).toHaveProperty('reason', 'ECONNRESET');
  });

  it.each([
    ['HPE_INVALID_CONSTANT', 'it is not proper HTTP (HPE_INVALID_CONSTANT)'],
    ['RESPONSE_TOO_LARGE', 'it is larger than a response of Duo can be'],
    ['RESPONSE_ENCODED', 'it is compressed, which was not asked for'],
    ['RESPONSE_UPGRADE', 'it changes to another protocol'],
  ])('for %s is about the response', (code, reason) => {
    expect(errorFor(code)).toMatchObject({ name: 'InvalidResponseError', reason, httpStatus: 0 });
  });

  it('for a proxy is about the proxy, whatever the code', () => {
    expect(errorFor('ECONNRESET', '', proxySpoke())).toMatchObject({
      kind: 'proxy',
      reason: 'PROXY_SPOKE',
      sent: 'no',
      message: `The proxy did not connect to ${to.hostname}: it answered with a page of its own.`,
    });
  });

  it('for what is no failure of a connection expects that the request was sent', () => {
    const error = toDuoError(new TypeError('the secret'), to);
    expect(error).toMatchObject({ kind: 'reset', reason: 'UNKNOWN', sent: 'unknown' });
    expect(error.advice).toContain(mayReachUserAdvice);
    expect(JSON.stringify(error)).not.toContain('the secret');
    const preauth = toDuoError(new TypeError('the secret'), { ...to, endpoint: 'preauth' });
    expect(preauth.advice).not.toContain(mayReachUserAdvice);
  });

  it('for a call that was ended says by what', () => {
    const unsent = new SendFailure('CALL_ENDED', '');
    expect(toDuoError(unsent, to, 'timeout')).toMatchObject({
      kind: 'timeout',
      reason: 'ETIMEDOUT',
      sent: 'no',
    });
    expect(toDuoError(unsent, to, 'cancelled')).toMatchObject({
      code: 'cancelled',
      mayReachUser: false,
    });
    expect(toDuoError(new Error('later'), to, 'cancelled')).toMatchObject({
      code: 'cancelled',
      mayReachUser: true,
    });
  });
});
