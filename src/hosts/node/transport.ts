import { isUtf8 } from 'node:buffer';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { DuoError } from '../../duo/errors/duo-error.ts';
import { NetworkError } from '../../duo/errors/network-error.ts';
import { toWireRequest, type WireRequest } from '../../duo/http-request.ts';
import { type ApiRequest, type ApiResponse, readDeliveryHeaders } from '../../duo/request.ts';
import type { HashAlgorithm } from '../../duo/signing/sign-request.ts';
import type { Settings } from '../../integration/params.ts';
import { timeoutMsOf } from '../../integration/timeout-ms.ts';
import { callSignal } from './agent.ts';
import { createConnections } from './connections.ts';
import type { Transport } from './drive.ts';
import { type LimitedCall, limitCall } from './limit-call.ts';
import { type LogFields, type Logger, silentLogger } from './logger.ts';
import { toDuoError } from './network-failure.ts';
import { nodePrimitives } from './primitives.ts';

/** How requests are signed and dated; all of it has good defaults. */
export interface TransportOptions {
  /** 2 by default; 5 signs the body as well. */
  readonly signatureVersion?: 2 | 5 | undefined;
  /** `sha512` by default; `sha1` with version 2 only. */
  readonly algorithm?: HashAlgorithm | undefined;
  /** Milliseconds since 1970; by default this machine's clock. */
  readonly now?: (() => number) | undefined;
  /** Told of every request, without its secrets; nobody by default. */
  readonly logger?: Logger | undefined;
}

// Duo's replies are a few kilobytes. A larger one is not Duo's, or not meant well.
const responseLimitBytes = 1024 * 1024;

type Reply = AxiosResponse<Buffer>;

const toApiResponse = (reply: Reply, sentAtMs: number, receivedAtMs: number): ApiResponse => {
  const headerOf = (name: string) => String(reply.headers[name] ?? '');
  return {
    status: reply.status,
    contentType: headerOf('content-type'),
    body: reply.data.toString('utf8'),
    bytes: reply.data,
    isUtf8: isUtf8(reply.data),
    ...readDeliveryHeaders(headerOf),
    sentAtMs,
    receivedAtMs,
  };
};

const createClient = (): AxiosInstance =>
  axios.create({
    maxRedirects: 0,
    maxContentLength: responseLimitBytes,
    // The agent sees to it.
    proxy: false,
    responseType: 'arraybuffer',
    validateStatus: () => true,
    // Replies are short. What comes compressed all the same is measured as it unfolds.
    headers: { 'Accept-Encoding': 'identity' },
  });

const nameOf = ({ id = '', endpoint, attempt = 1 }: ApiRequest): LogFields => ({
  requestId: id,
  endpoint,
  attempt,
});

const failureOf = (error: DuoError): LogFields =>
  error instanceof NetworkError
    ? { failure: error.kind, reason: error.reason, sent: error.sent }
    : { failure: error.code };

/**
 * A transport over axios: TLS 1.2 and later, connections kept alive, a bounded number of calls at a
 * time, no redirects, replies of at most 1 MiB, and an end to every call. It never repeats a request.
 *
 * @throws {@link BadParameterError} when a file that the settings name cannot be used.
 */
export const createTransport = (settings: Settings, options: TransportOptions = {}): Transport => {
  const { signatureVersion, algorithm, now = Date.now, logger = silentLogger } = options;
  const client = createClient();
  const connections = createConnections(settings);

  const send = async (request: ApiRequest, call: LimitedCall): Promise<ApiResponse> => {
    const leave = await connections.enter(request, call.signal);
    try {
      // Dated here, after any wait for a turn.
      const account = { ...settings, skey: settings.skey.reveal(), signatureVersion, algorithm };
      const sentAtMs = now();
      const wire = toWireRequest(request, account, new Date(sentAtMs), nodePrimitives);
      const reply = await post(wire, request, call.signal);
      return toApiResponse(reply, sentAtMs, now());
    } finally {
      leave();
    }
  };

  const post = (wire: WireRequest, request: ApiRequest, signal: AbortSignal): Promise<Reply> => {
    const httpsAgent = connections.agentFor(request, wire.url);
    const { method, url, headers, body: data } = wire;
    return callSignal.run(signal, () =>
      client.request({ method, url, headers, data, httpsAgent, signal }),
    );
  };

  return async (request, signal) => {
    const timeoutMs = timeoutMsOf(request, settings);
    const to = { endpoint: request.endpoint, hostname: settings.hostname, timeoutMs };
    const call = limitCall(timeoutMs, signal);
    const startedAtMs = performance.now();
    const log = (message: string, fields: LogFields) =>
      logger.debug(message, {
        ...nameOf(request),
        ...fields,
        milliseconds: Math.round(performance.now() - startedAtMs),
      });
    try {
      const reply = await send(request, call);
      log('duo: reply', { status: reply.status });
      return reply;
    } catch (thrown) {
      const error = thrown instanceof DuoError ? thrown : toDuoError(thrown, to, call.ended());
      log('duo: no reply', failureOf(error));
      throw error;
    } finally {
      call.release();
    }
  };
};
