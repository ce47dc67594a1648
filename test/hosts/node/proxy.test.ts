import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createIntegration } from '../../../src/hosts/node/create-integration.ts';
import {
  findProxy,
  proxyRefused,
  proxySpoke,
  proxyUnreachable,
} from '../../../src/hosts/node/proxy.ts';
import { DuoClient } from '../../../src/index.ts';
import { createCertificate } from '../../../src/simulator/server/certificate.ts';
import { caught, rejection } from '../../../testing/caught.ts';
import { keys } from '../../../testing/keys.ts';
import { useQuickWaits } from '../../../testing/quick-waits.ts';
import { until } from '../../../testing/running-simulator.ts';
import { startTlsServer } from '../../../testing/tls-server.ts';

useQuickWaits();

const body = JSON.stringify({ stat: 'OK', response: { time: 1 } });
const startDuo = () => startTlsServer((_request, response) => void response.end(body));

type OnConnect = (request: IncomingMessage, socket: Duplex) => void;

const startProxy = async (
  onConnect: OnConnect,
  proxy: Server = createServer(),
): Promise<string> => {
  proxy.on('connect', onConnect);
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  return `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
};

const tunnel: OnConnect = (request, socket) => {
  const [host, port] = (request.url ?? '').split(':');
  const onward = connect(Number(port), host, () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    onward.pipe(socket).pipe(onward);
  });
  onward.on('error', () => socket.destroy());
  socket.on('error', () => onward.destroy());
};

const refuseWith =
  (status: string): OnConnect =>
  (_request, socket) =>
    void socket.end(
      `HTTP/1.1 ${status}\r\nContent-Type: text/html\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<html>`,
    );

const ping = (params: object) => createIntegration({ ...keys, ...params }).run('duo-ping');

describe('proxy', () => {
  it('true tunnels through HTTPS_PROXY, with its user and password', async () => {
    const { hostname, caFile } = await startDuo();
    const seen: (string | undefined)[] = [];
    const address = await startProxy((request, socket) => {
      seen.push(request.url, request.headers['proxy-authorization']);
      tunnel(request, socket);
    });
    process.env['HTTPS_PROXY'] = `http://us%40er:p%3Aw@${address}`;
    await ping({ hostname, ca_file: caFile, proxy: true });
    expect(seen).toEqual([hostname, `Basic ${Buffer.from('us@er:p:w').toString('base64')}`]);
  });

  it('without a scheme is an ordinary proxy', async () => {
    const { hostname, caFile } = await startDuo();
    process.env['HTTPS_PROXY'] = await startProxy(tunnel);
    expect(await ping({ hostname, ca_file: caFile, proxy: true })).toHaveLength(1);
  });

  it.each([
    ['true, but NO_PROXY names the host', true, 'localhost'],
    ['false', false, ''],
  ])('%s: goes directly', async (_what, proxy, noProxy) => {
    const { hostname, caFile } = await startDuo();
    process.env['HTTPS_PROXY'] = `http://${await startProxy(refuseWith('500 No'))}`;
    process.env['NO_PROXY'] = noProxy;
    expect(await ping({ hostname, ca_file: caFile, proxy })).toHaveLength(1);
  });

  it.each([
    '407 Proxy Authentication Required',
    '403 Forbidden',
    '502 Bad Gateway',
    '302 Found',
    '300 Multiple Choices',
    '199 Odd',
  ])('that answers %s is distinguished from Duo', async (status) => {
    const { hostname, caFile } = await startDuo();
    process.env['HTTPS_PROXY'] = `http://user:s3cret@${await startProxy(refuseWith(status))}`;
    const error = await rejection(ping({ hostname, ca_file: caFile, proxy: true }));
    expect(error).toMatchObject({
      kind: 'proxy',
      reason: `HTTP_${status.slice(0, 3)}`,
      message: `The proxy did not connect to ${hostname}: it answered with HTTP ${status.slice(0, 3)}.`,
    });
    expect(JSON.stringify(error)).not.toContain('s3cret');
  });

  it.each([
    ['does not listen', 'http://127.0.0.1:1', 'ECONNREFUSED'],
    ['does not exist', 'http://no-such-proxy.invalid:3128', 'ENOTFOUND'],
    ['does not exist, on its default port', 'http://no-such-proxy.invalid', 'ENOTFOUND'],
    ['does not exist, over TLS', 'https://no-such-proxy.invalid', 'ENOTFOUND'],
  ])('that %s is to blame, not Duo', async (_what, address, reason) => {
    process.env['HTTPS_PROXY'] = address;
    const error = await rejection(ping({ hostname: 'api-x.duosecurity.com', proxy: true }));
    expect(error).toMatchObject({ kind: 'proxy', reason });
  });

  it('does not hide that Duo itself is not trusted', async () => {
    const { hostname } = await startDuo();
    process.env['HTTPS_PROXY'] = `http://${await startProxy(tunnel)}`;
    expect(await rejection(ping({ hostname, proxy: true }))).toMatchObject({ kind: 'tls' });
  });
});

describe('the address of a proxy', () => {
  const find = (address: string, variable = 'HTTPS_PROXY') => {
    process.env[variable] = address;
    return findProxy('https://api-x.duosecurity.com/auth/v2/ping');
  };
  const plain = { isTls: false, host: 'proxy.example', port: 80, authorization: undefined };
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

  it.each([
    ['http://proxy.example', plain],
    ['http://proxy.example:3128', { ...plain, port: 3128 }],
    ['proxy.example:3128', { ...plain, port: 3128 }],
    ['https://proxy.example', { ...plain, isTls: true, port: 443 }],
    ['https://proxy.example:8443', { ...plain, isTls: true, port: 8443 }],
    ['http://[2001:db8::1]:3128', { ...plain, host: '2001:db8::1', port: 3128 }],
    ['http://soar@proxy.example', { ...plain, authorization: basic('soar:') }],
    ['http://us%40er:p%3Aw@proxy.example', { ...plain, authorization: basic('us@er:p:w') }],
    ['http://soar:100%@proxy.example', { ...plain, authorization: basic('soar:100%') }],
  ])('%s is read', (address, expected) => {
    expect(find(address)).toEqual(expected);
  });

  it.each(['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'])(
    'may come from %s, without a scheme too',
    (variable) => {
      expect(find('proxy.example', variable)).toEqual(plain);
    },
  );

  it('may be missing', () => {
    expect(findProxy('https://api-x.duosecurity.com/')).toBeUndefined();
  });

  it.each([
    ['http://soar:s3cret@', 'is not an address such as http://proxy.example:3128'],
    [
      'socks5://soar:s3cret@proxy.example',
      'must begin with http:// or https://: other kinds of proxy are not known',
    ],
  ])('that cannot be used is refused by name, and not shown: %s', (address, rule) => {
    const error = caught(() => find(address));
    expect(error).toMatchObject({ faults: [{ name: 'HTTPS_PROXY', rule }] });
    expect(String(error)).not.toContain('s3cret');
  });
});

describe('what a proxy did', () => {
  it.each([
    [() => proxyRefused(403), 'HTTP_403', 'it answered with HTTP 403', undefined],
    [
      () => proxyRefused(407),
      'HTTP_407',
      'it answered with HTTP 407',
      'The proxy wants a user name and a password, or refuses those it got: set HTTPS_PROXY to http://USER:PASSWORD@HOST:PORT.',
    ],
    [() => proxySpoke(), 'PROXY_SPOKE', 'it answered with a page of its own', undefined],
    [
      () => proxyUnreachable('ECONNREFUSED'),
      'ECONNREFUSED',
      'the proxy itself could not be reached (ECONNREFUSED)',
      undefined,
    ],
    [
      () => proxyUnreachable('CERT_HAS_EXPIRED'),
      'CERT_HAS_EXPIRED',
      'the proxy itself is not trusted (CERT_HAS_EXPIRED)',
      'If the certificate of the proxy comes from an authority of your own, name it in "ca_file".',
    ],
  ])('is reported with what to do about it: %#', (create, code, detail, advice) => {
    const failure = create();
    expect(failure).toMatchObject({ code, detail, message: detail });
    expect(failure.advice).toBe(advice);
  });
});

describe('a tunnel', () => {
  const push = { username: 'alice', factor: 'push' } as const;

  it('in which the proxy itself speaks first is not used', async () => {
    const { hostname, caFile } = await startDuo();
    const speaking: OnConnect = (_request, socket) =>
      void socket.end('HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<html>');
    process.env['HTTPS_PROXY'] = `http://${await startProxy(speaking)}`;
    const duo = new DuoClient({ hostname, ...keys, caFile, proxy: true });
    expect(await rejection(duo.auth(push))).toMatchObject({
      kind: 'proxy',
      reason: 'PROXY_SPOKE',
      sent: 'no',
    });
  });

  it.each([
    ['runs out of time', (duo: DuoClient) => duo.check()],
    ['is cancelled', (duo: DuoClient) => duo.auth(push, { signal: AbortSignal.timeout(100) })],
  ])('that is not open yet ends with the call that %s', async (_how, call) => {
    const open = new Set<Duplex>();
    const silent: OnConnect = (_request, socket) => {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('end', () => socket.destroy());
      socket.on('close', () => open.delete(socket));
      socket.resume();
    };
    process.env['HTTPS_PROXY'] = `http://${await startProxy(silent)}`;
    const duo = new DuoClient({ hostname: 'localhost:9', ...keys, proxy: true, timeout: 1 });
    const calling = rejection(call(duo));
    await until(() => open.size === 1, 'the tunnel');
    await calling;
    await until(() => open.size === 0, 'its end');
  });
});

describe('a proxy under TLS', () => {
  const startTlsProxy = async () => {
    const certificate = await createCertificate([]);
    onTestFinished(certificate.remove);
    const seen: string[] = [];
    const address = await startProxy(
      (request, socket) => {
        seen.push(request.url ?? '');
        tunnel(request, socket);
      },
      createHttpsServer({ key: certificate.key, cert: certificate.cert }),
    );
    process.env['HTTPS_PROXY'] = `https://soar:s3cret@${address}`;
    return { certificate, seen };
  };

  it('is not spoken to when its certificate is not trusted', async () => {
    const { hostname, caFile } = await startDuo();
    const { seen } = await startTlsProxy();
    expect(await rejection(ping({ hostname, ca_file: caFile, proxy: true }))).toMatchObject({
      kind: 'proxy',
      sent: 'no',
      message: expect.stringContaining('the proxy itself is not trusted'),
    });
    expect(seen).toEqual([]);
  });

  it('is trusted by an authority that is named, and then Duo is judged on its own', async () => {
    const { hostname } = await startDuo();
    const { certificate, seen } = await startTlsProxy();
    const params = { hostname, ca_file: certificate.caFile, proxy: true };
    expect(await rejection(ping(params))).toMatchObject({ kind: 'tls', sent: 'no' });
    expect(seen).toEqual([hostname]);
  });

  it('is trusted, as Duo is, with insecure', async () => {
    const { hostname } = await startDuo();
    await startTlsProxy();
    expect(await ping({ hostname, proxy: true, insecure: true })).toHaveLength(1);
  });
});
