import axios, { type AxiosResponse } from 'axios';
import type { ApiReply } from '../../duo/request.ts';
import type { HashAlgorithm } from '../../duo/signing/primitives.ts';
import { toWireRequest } from '../../duo/wire-request.ts';
import type { Settings } from '../../integration/params.ts';
import { timeoutMsOf } from '../../integration/timeout-ms.ts';
import { createAgent } from './agent.ts';
import type { Transport } from './drive.ts';
import { proxyRefused, type Route, toDuoError } from './network-failure.ts';
import { nodePrimitives } from './primitives.ts';
import { findProxy, isProxysOwn } from './proxy.ts';

/** How requests are signed and dated; all of it has good defaults. */
export interface TransportOptions {
  /** 2 by default; 5 signs the body as well. */
  readonly signatureVersion?: 2 | 5 | undefined;
  /** `sha512` by default; `sha1` with version 2 only. */
  readonly algorithm?: HashAlgorithm | undefined;
  /** Milliseconds since 1970; by default this machine's clock. */
  readonly now?: (() => number) | undefined;
}

// Duo's replies are a few kilobytes. A larger one is not Duo's, or not meant well.
const replyLimitBytes = 1024 * 1024;

type Reply = AxiosResponse<Buffer>;

const toApiReply = (reply: Reply, sentAtMs: number, receivedAtMs: number): ApiReply => ({
  status: reply.status,
  contentType: String(reply.headers['content-type'] ?? ''),
  body: reply.data.toString('utf8'),
  bytes: reply.data,
  sentAtMs,
  receivedAtMs,
});

/**
 * A transport over axios: TLS 1.2 and later, connections kept alive, no redirects, replies of at most
 * 1 MiB. It never repeats a request.
 *
 * @throws {@link BadParameterError} when `ca_file` cannot be read.
 */
export const createTransport = (settings: Settings, options: TransportOptions = {}): Transport => {
  const { signatureVersion, algorithm, now = Date.now } = options;
  const client = axios.create({
    httpsAgent: createAgent(settings),
    maxRedirects: 0,
    maxContentLength: replyLimitBytes,
    responseType: 'arraybuffer',
    validateStatus: () => true,
    transitional: { clarifyTimeoutError: true },
  });
  return async (request, signal) => {
    const account = { ...settings, skey: settings.skey.reveal(), signatureVersion, algorithm };
    const sentAtMs = now();
    const wire = toWireRequest(request, account, new Date(sentAtMs), nodePrimitives);
    const proxy = settings.proxy ? findProxy(wire.url) : undefined;
    const route: Route = {
      endpoint: request.endpoint,
      hostname: settings.hostname,
      timeoutMs: timeoutMsOf(request, settings),
      proxied: proxy !== undefined,
    };
    let reply: Reply;
    try {
      reply = await client.request({
        method: wire.method,
        url: wire.url,
        headers: wire.headers,
        data: wire.body,
        timeout: route.timeoutMs,
        proxy: proxy ?? false,
        ...(signal && { signal }),
      });
    } catch (error) {
      throw toDuoError(error, route, signal);
    }
    if (route.proxied && isProxysOwn(reply)) {
      throw proxyRefused(reply.status, route);
    }
    return toApiReply(reply, sentAtMs, now());
  };
};
