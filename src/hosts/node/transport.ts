import { isUtf8 } from 'node:buffer';
import type { Axios, AxiosResponse } from 'axios';
import { type LoadedSettings, timeoutMsOf } from '../../duo/connection-settings.ts';
import { DuoError } from '../../duo/errors/duo-error.ts';
import { NetworkError } from '../../duo/errors/network-error.ts';
import { createRequestWriter } from '../../duo/http-request.ts';
import type { ApiRequest, ApiResponse } from '../../duo/request.ts';
import { readResponseHeaders } from '../../duo/response-headers.ts';
import { createAdapter, SendFailure, toServer } from './adapter.ts';
import { createAgents } from './agent.ts';
import { CallLimit, Semaphore } from './limits.ts';
import { type LogFields, type Logger, toSafeLogger } from './logger.ts';
import { toDuoError } from './network-failure.ts';
import { nodePrimitives } from './sign-request.ts';

/** What a host brings to a connection; all of it has good defaults. */
export interface TransportOptions {
  /** Milliseconds since 1970; by default this machine's clock. */
  readonly now?: (() => number) | undefined;
  /** Takes a line for every request, without its secrets. None by default. */
  readonly logger?: Logger | undefined;
}

/** Sends one request, dated and signed at that moment. Rejects with a {@link DuoError}. */
export type Send = (request: ApiRequest, signal?: AbortSignal) => Promise<ApiResponse>;

/** Sends requests, and keeps connections for the next ones. */
export interface Transport {
  readonly send: Send;
  /** End the idle connections now, and each other one with its request. */
  readonly close: () => void;
}

// More at a time gains nothing: Duo answers 429 when requests come too fast.
const ordinaryPlaces = 64;

// A poll waits for a person for up to a minute and costs little more than its connection. Polls have
// places of their own, so that many people at their phones do not keep a short question waiting, and
// take turns in them, so that they do not keep each other waiting.
const pollPlaces = 256;

// Duo answers such a call when the user has acted. It cannot be given up and asked again.
const heldOpenPlaces = 1_024;

/** Two turns of the event loop: the second one has read all that had come in before this call. */
const readWhatCameIn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(() => setImmediate(resolve));
  });

/** Loaded with the first request: axios takes longer to load than all that is here. */
const createAxios = async (): Promise<Axios> => {
  const { default: axios } = await import('axios');
  // Without the defaults of `axios.create`, which are merged into each request anew. The adapter needs none
  // of them: it takes every status, and bodies as they are.
  return new axios.Axios({});
};

const toApiResponse = (
  { status, data, headers }: AxiosResponse<Buffer>,
  sentAtMs: number,
  receivedAtMs: number,
): ApiResponse => {
  const headerOf = (name: string) => String(headers[name] ?? '');
  return {
    status,
    contentType: headerOf('content-type'),
    body: data.toString('utf8'),
    bytes: data,
    isUtf8: isUtf8(data),
    ...readResponseHeaders(headerOf),
    sentAtMs,
    receivedAtMs,
  };
};

const nameOf = ({ id = '', endpoint, attempt = 1 }: ApiRequest): LogFields => ({
  requestId: id,
  endpoint,
  attempt,
});

const failureFields = (error: DuoError): LogFields =>
  error instanceof NetworkError
    ? { failure: error.kind, reason: error.reason, sent: error.sent }
    : { failure: error.code };

/**
 * A transport over axios: TLS 1.2 and later, connections kept alive, a bounded number of calls at a
 * time, no redirects, responses of at most 1 MiB, and an end to every call. It never repeats a request.
 *
 * @throws {@link BadParameterError} when a file that the settings name cannot be used.
 */
export const createTransport = (
  loaded: LoadedSettings,
  options: TransportOptions = {},
): Transport => {
  const { settings } = loaded;
  const { now = Date.now } = options;
  const logger = toSafeLogger(options.logger);
  let client: Axios | undefined;
  const agents = createAgents(loaded);
  const server = toServer(settings.hostname);
  const ordinary = new Semaphore(ordinaryPlaces);
  const polls = new Semaphore(pollPlaces);
  const heldOpen = new Semaphore(heldOpenPlaces);
  const account = { ...settings, skey: settings.skey.reveal() };
  const writeRequest = createRequestWriter(account, nodePrimitives);

  const exchange = async (request: ApiRequest, call: CallLimit): Promise<ApiResponse> => {
    client ??= await createAxios();
    const agent = agents.agentFor(server.origin + request.path);
    // A response carries nothing that says which request it answers. What lies unread on a connection
    // that is kept, or its end, has to be seen before the next request goes out on it.
    if (agent.hasIdle) {
      await readWhatCameIn();
    }
    // Dated here, after any wait.
    const sentAtMs = now();
    const { url, method, headers, body } = writeRequest(request, sentAtMs);
    const response: AxiosResponse<Buffer> = await client.request({
      url,
      method,
      data: body,
      adapter: createAdapter({ server, agent, call, headers }),
    });
    return toApiResponse(response, sentAtMs, now());
  };

  const inPlace = async (
    request: ApiRequest,
    call: CallLimit,
    places: Semaphore,
    yieldPlace?: () => void,
  ): Promise<ApiResponse> => {
    const release = await places.acquire(call, yieldPlace);
    if (release === undefined) {
      throw new SendFailure('CALL_ENDED', '');
    }
    try {
      return await exchange(request, call);
    } finally {
      release();
    }
  };

  /** A poll asks for nothing but what is the case, so it may be given up and sent again. */
  const poll = async (request: ApiRequest, call: CallLimit): Promise<ApiResponse> => {
    for (;;) {
      let hasYielded = false;
      const yieldPlace = () => {
        hasYielded = true;
        call.stopForNow();
      };
      try {
        return await inPlace(request, call, polls, yieldPlace);
      } catch (error) {
        if (!hasYielded || call.ended !== undefined) {
          throw error;
        }
      }
    }
  };

  const takeTurn = (request: ApiRequest, call: CallLimit): Promise<ApiResponse> =>
    request.endpoint === 'auth_status'
      ? poll(request, call)
      : inPlace(request, call, request.holdsOpen ? heldOpen : ordinary);

  const translated = async (request: ApiRequest, signal?: AbortSignal): Promise<ApiResponse> => {
    const timeoutMs = timeoutMsOf(request, settings);
    const call = new CallLimit(timeoutMs, signal);
    try {
      return await takeTurn(request, call);
    } catch (thrown) {
      if (call.ended === 'timeout') {
        // A connection that went dead without a word is seldom the only one.
        agents.endIdle();
      }
      const to = { endpoint: request.endpoint, hostname: settings.hostname, timeoutMs };
      throw thrown instanceof DuoError ? thrown : toDuoError(thrown, to, call.ended);
    } finally {
      call.release();
    }
  };

  /** Logging is around the call, so that it can change nothing of it. */
  const logged = async (
    log: Logger,
    request: ApiRequest,
    signal?: AbortSignal,
  ): Promise<ApiResponse> => {
    const startedAtMs = performance.now();
    const write = (message: string, fields: LogFields) =>
      log.debug(message, {
        ...nameOf(request),
        ...fields,
        milliseconds: Math.round(performance.now() - startedAtMs),
      });
    try {
      const response = await translated(request, signal);
      write('duo: response', { status: response.status });
      return response;
    } catch (error) {
      write('duo: no response', error instanceof DuoError ? failureFields(error) : {});
      throw error;
    }
  };

  return {
    send: logger === undefined ? translated : (request, signal) => logged(logger, request, signal),
    close: agents.close,
  };
};
