import type { Server, Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { failResponse, htmlResponse, serviceHeaders, simulatorHeader } from '../api/response.ts';
import type { WireResponse } from '../core/exchange.ts';
import type { SimulatorState } from '../core/state.ts';
import { createApiHandler, type RequestListeners, sendResponse } from './api-handler.ts';

type Peer = Pick<Socket, 'remoteAddress' | 'remotePort'>;

const nameOf = ({ remoteAddress, remotePort }: Peer): string => `${remoteAddress} ${remotePort}`;

/**
 * The TCP sockets below a TLS server's connections. A TLS socket always ends in order; only the TCP
 * socket below it can be reset.
 */
class RawSockets {
  readonly #byPeer = new Map<string, Socket>();

  watch(server: Server): void {
    server.on('connection', (socket) => {
      const name = nameOf(socket);
      this.#byPeer.set(name, socket);
      socket.once('close', () => this.#byPeer.delete(name));
    });
  }

  /** Resets the connection that a TLS socket runs over. */
  reset(socket: Socket): void {
    this.#byPeer.get(nameOf(socket))?.resetAndDestroy();
    socket.destroy();
  }
}

/** The options of the listener. */
export interface ListenerOptions {
  readonly state: SimulatorState;
  readonly key: string;
  readonly cert: string;
  readonly listeners: RequestListeners;
}

const withHeaders = (state: SimulatorState, response: WireResponse): WireResponse => ({
  ...response,
  headers: { ...serviceHeaders(state.now()), ...response.headers },
});

const internalError = htmlResponse(500, 'Internal Server Error');

/** The response of the front end to a request that does not reach the API. */
const refusalOf = (error: FastifyError): WireResponse => {
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return failResponse(40106);
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return htmlResponse(413, 'Request Entity Too Large');
  }
  return (error.statusCode ?? 500) < 500 ? htmlResponse(400, 'Bad Request') : internalError;
};

/** Refuses what is not HTTP. */
const refuseUnreadable = (state: SimulatorState, error: NodeJS.ErrnoException, socket: Socket) => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, headers, body } = withHeaders(state, htmlResponse(400, 'Bad Request'));
  const lines = Object.entries({
    ...headers,
    'content-length': String(body.length),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${status} Bad Request\r\n${lines.join('\r\n')}\r\n\r\n${body.toString()}`);
};

/**
 * The HTTPS server. Requests go to the API whatever their path and method; other pages are
 * registered on the instance before it listens.
 */
export const createListener = async (options: ListenerOptions): Promise<FastifyInstance> => {
  const { state, key, cert, listeners } = options;
  const { fastify } = await import('fastify');
  const sockets = new RawSockets();
  const answerApi = createApiHandler(state, (socket) => sockets.reset(socket), listeners);

  const refuse = (refusal: WireResponse, reply: FastifyReply): void => {
    reply.hijack();
    sendResponse(reply.raw, withHeaders(state, refusal));
  };

  const app = fastify({
    https: { key, cert, requireHostHeader: false },
    bodyLimit: state.settings.maxBodyBytes,
    // Long polls in flight must not delay the end of a test.
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    clientErrorHandler: (error, socket) => refuseUnreadable(state, error, socket),
    frameworkErrors: (error, _request, reply) => refuse(refusalOf(error), reply as FastifyReply),
  });

  app.addHook('onRequest', async (_request, reply) => {
    for (const [name, value] of Object.entries(simulatorHeader)) {
      reply.raw.setHeader(name, value);
    }
  });
  sockets.watch(app.server);
  // Node would respond by itself, without the simulator's header.
  app.server.on('checkExpectation', (_request, response) =>
    sendResponse(response, withHeaders(state, htmlResponse(417, 'Expectation Failed'))),
  );
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setErrorHandler<FastifyError>((error, _request, reply) => refuse(refusalOf(error), reply));
  app.setNotFoundHandler(async (request: FastifyRequest, reply: FastifyReply) => {
    reply.hijack();
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    try {
      await answerApi(request.raw, reply.raw, body);
    } catch {
      // A fault of the simulator's own must not look like a response of Duo's.
      refuse(internalError, reply);
    }
  });
  // Fastify's types distinguish http from https servers; the routes added later do not.
  return app as unknown as FastifyInstance;
};
