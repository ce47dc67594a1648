import { toWireRequest } from '../../duo/http-request.ts';
import type { ApiRequest, ApiResponse } from '../../duo/request.ts';
import type { Settings } from '../../integration/params.ts';
import { timeoutMsOf } from '../../integration/timeout-ms.ts';
import { callHttp } from './call-http.ts';
import { toNetworkError } from './network-failure.ts';
import { enginePrimitives } from './primitives.ts';
import type { Server } from './server.ts';

/** Sends one request, dated and signed at that moment. Throws a {@link NetworkError}. */
export type Transport = (request: ApiRequest) => ApiResponse;

/** A transport over the server's `http()`. It never repeats a request. */
export const createTransport = (
  settings: Settings,
  { http, now }: Pick<Server, 'http' | 'now'>,
): Transport => {
  const account = {
    hostname: settings.hostname,
    ikey: settings.ikey,
    skey: settings.skey.reveal(),
    useragent: settings.useragent,
    // It is not known whether the server's HTTP client lets a script set Date.
    repeatDate: true,
  };
  return (request) => {
    const timeoutMs = timeoutMsOf(request, settings);
    const sentAtMs = now();
    const wire = toWireRequest(request, account, new Date(sentAtMs), enginePrimitives);
    const outcome = callHttp(http, wire, {
      insecure: settings.insecure,
      proxy: settings.proxy,
      timeoutMs,
    });
    if ('failure' in outcome) {
      const { endpoint } = request;
      throw toNetworkError(outcome.failure, { endpoint, hostname: settings.hostname, timeoutMs });
    }
    return { ...outcome, sentAtMs, receivedAtMs: now() };
  };
};
