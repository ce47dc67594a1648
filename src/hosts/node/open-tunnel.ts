import { type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import type { HttpProxy } from './proxy.ts';
import { type ProxyFailure, proxyRefused, proxySpoke, proxyUnreachable } from './proxy-failure.ts';

/** How to connect to a proxy that is spoken to over TLS. */
export type ProxyTls = Pick<
  ConnectionOptions,
  'secureContext' | 'rejectUnauthorized' | 'servername'
>;

/** Where a tunnel goes, and until when it is wanted. */
export interface TunnelTarget {
  readonly host: string;
  readonly port: number;
  readonly signal: AbortSignal | undefined;
}

const codeOf = ({ code }: NodeJS.ErrnoException): string => code ?? 'UNKNOWN';

/** What the answer to CONNECT means: nothing, if the tunnel is open. */
const judge = (status: number, first: Buffer): ProxyFailure | undefined => {
  if (status < 200 || status > 299) {
    return proxyRefused(status);
  }
  return first.length > 0 ? proxySpoke() : undefined;
};

/**
 * Have a proxy open a tunnel (CONNECT), over Node's own HTTP client. The proxy's password goes to the
 * proxy alone.
 *
 * @throws {@link ProxyFailure} as a rejection, whatever goes wrong.
 */
export const openTunnel = (
  proxy: HttpProxy,
  target: TunnelTarget,
  tls: ProxyTls,
): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const authority = `${isIP(target.host) === 6 ? `[${target.host}]` : target.host}:${target.port}`;
    const options: RequestOptions = {
      host: proxy.host,
      port: proxy.port,
      method: 'CONNECT',
      path: authority,
      agent: false,
      headers: {
        Host: authority,
        ...(proxy.authorization && { 'Proxy-Authorization': proxy.authorization }),
      },
      ...(target.signal && { signal: target.signal }),
    };
    const request = proxy.isTls ? requestHttps({ ...options, ...tls }) : requestHttp(options);
    request.once('connect', ({ statusCode = 0 }, socket: Socket, first: Buffer) => {
      const failure = judge(statusCode, first);
      if (failure === undefined) {
        resolve(socket);
      } else {
        socket.destroy();
        reject(failure);
      }
    });
    request.once('error', (error) => reject(proxyUnreachable(codeOf(error))));
    request.end();
  });
