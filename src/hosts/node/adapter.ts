import type { ClientRequest, IncomingMessage } from 'node:http';
import https from 'node:https';
import type { AxiosAdapter, AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import type { DuoAgent, DuoRequestOptions } from './agent.ts';
import type { CallLimit } from './limits.ts';

/** Why a request got no response. Nothing in it holds the signature or the body. */
export class SendFailure extends Error {
  /** The system's own code, or one of `RESPONSE_TOO_LARGE`, `RESPONSE_ENCODED`, `RESPONSE_UPGRADE`. */
  readonly code: string;
  /** The connection it was sent on, if it came to one. */
  readonly socket: object | undefined;

  constructor(code: string, message: string, socket?: object, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.socket = socket;
  }
}

// Duo's responses are a few kilobytes. A larger one is not Duo's, or was made to do harm.
const responseLimitBytes = 1024 * 1024;

/** Why a response is not read any further, from its head. */
const headFault = ({ statusCode, headers }: IncomingMessage): string | undefined => {
  const { 'content-encoding': encoding, 'content-length': length } = headers;
  // Without a protocol to change to, Node takes it for an ordinary response.
  if (statusCode === 101) {
    return 'RESPONSE_UPGRADE';
  }
  // None was asked for. To unfold one would be to read something of another size and another end.
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    return 'RESPONSE_ENCODED';
  }
  return Number(length ?? 0) > responseLimitBytes ? 'RESPONSE_TOO_LARGE' : undefined;
};

/** Read a response to its end, or tell why that was given up. */
const readBody = (
  response: IncomingMessage,
  onEnd: (body: Buffer) => void,
  giveUp: (code: string) => void,
): void => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > responseLimitBytes) {
      giveUp('RESPONSE_TOO_LARGE');
    }
  });
  response.once('end', () =>
    onEnd(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)),
  );
  response.on('error', ({ code }: NodeJS.ErrnoException) => giveUp(code ?? 'ECONNRESET'));
};

/**
 * Go on once the request is out as a whole. A response may be there before the system has said so, and until then
 * the connection is not free: the next request would open another, and leave it to be idle.
 */
const whenSent = (request: ClientRequest, goOn: () => void): void => {
  if (request.writableFinished) {
    goOn();
    return;
  }
  request.once('finish', goOn);
  // The response is there, whatever becomes of the rest.
  request.prependOnceListener('error', goOn);
  request.once('close', goOn);
};

const toAxiosResponse = (
  response: IncomingMessage,
  data: Buffer,
  config: InternalAxiosRequestConfig,
): AxiosResponse<Buffer> => ({
  data,
  status: response.statusCode ?? 0,
  statusText: '',
  headers: response.headers as AxiosResponse['headers'],
  config,
});

/** Where requests go. */
export interface Server {
  /** What the URL of each request begins with. */
  readonly origin: string;
  /** A name or an IPv4 address. */
  readonly host: string;
  readonly port: number;
}

/** @param hostname as in the settings; a port may follow. */
export const toServer = (hostname: string): Server => {
  // `new URL` throws for names such as 1.2.3.999, and rewrites others.
  const [host = '', port = 443] = hostname.split(':');
  return { origin: `https://${hostname}`, host, port: Number(port) };
};

/** What an adapter sends its request with. */
export interface AdapterOptions {
  readonly server: Server;
  readonly agent: DuoAgent;
  /** What ends the request. */
  readonly call: CallLimit;
  /** All headers of the request. axios would copy each of them and clean it, several times over. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * What axios sends one request with: `node:https` and no more. It follows no redirect, unfolds no
 * compression, takes at most 1 MiB, and ends with its call.
 *
 * @throws {@link SendFailure} as a rejection.
 */
export const createAdapter =
  ({ server: { origin, host, port }, agent, call, headers }: AdapterOptions): AxiosAdapter =>
  (config) =>
    new Promise((resolve, reject) => {
      const tunnel = agent.isTunneled ? new AbortController() : undefined;
      const options: DuoRequestOptions = {
        host,
        port,
        path: config.url?.slice(origin.length) ?? '/',
        method: config.method?.toUpperCase() ?? 'GET',
        headers,
        agent,
        tunnelSignal: tunnel?.signal,
      };
      const request = https.request(options);
      const fail = (code: string, message = '', cause?: unknown) => {
        reject(new SendFailure(code, message, request.socket ?? undefined, cause));
        tunnel?.abort();
        request.destroy();
      };
      call.interrupt(() => fail('CALL_ENDED'));
      request.on('error', (error: NodeJS.ErrnoException) =>
        fail(error.code ?? 'UNKNOWN', error.message, error),
      );
      request.once('finish', () => call.noteSent());
      request.once('upgrade', (_response, socket) => {
        fail('RESPONSE_UPGRADE');
        socket.destroy();
      });
      request.once('response', (response) => {
        const fault = headFault(response);
        if (fault !== undefined) {
          fail(fault);
          return;
        }
        const { 'keep-alive': keepAlive } = response.headers;
        agent.noteKeepAlive(response.socket, Array.isArray(keepAlive) ? keepAlive[0] : keepAlive);
        readBody(
          response,
          (body) => whenSent(request, () => resolve(toAxiosResponse(response, body, config))),
          fail,
        );
      });
      request.end(config.data);
    });
