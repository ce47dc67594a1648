import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { loadOptionalPackage } from '../../optional/load-optional-package.ts';
import { failReply, htmlReply, type Reply } from '../protocol/reply.ts';
import { serviceHeaders } from '../protocol/service-headers.ts';
import type { LogEntry } from '../request-log.ts';
import type { SimulatorState } from '../state.ts';
import { createApiHandler } from './api-handler.ts';
import { RawSockets } from './raw-sockets.ts';
import { sendReply } from './send-reply.ts';

/** What the listener is set up with. */
export interface ListenerOptions {
  readonly state: SimulatorState;
  readonly key: string;
  readonly cert: string;
  readonly onRequest: (entry: LogEntry) => void;
}

const withHeaders = (state: SimulatorState, reply: Reply): Reply => ({
  ...reply,
  headers: { ...serviceHeaders(state.now()), ...reply.headers },
});

const internalError = htmlReply(500, 'Internal Server Error');

/** What the front end says of a request that does not reach the API. */
const refusalOf = (error: FastifyError): Reply => {
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return failReply(40106);
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return htmlReply(413, 'Request Entity Too Large');
    default:
      return (error.statusCode ?? 500) < 500 ? htmlReply(400, 'Bad Request') : internalError;
  }
};

/** Answers what is not HTTP, before there is a request to answer. */
const refuseUnreadable = (state: SimulatorState, error: NodeJS.ErrnoException, socket: Socket) => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, headers, body } = withHeaders(state, htmlReply(400, 'Bad Request'));
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
 *
 * @throws MissingPackageError when fastify is not installed.
 */
export const createListener = async (options: ListenerOptions): Promise<FastifyInstance> => {
  const { state, key, cert, onRequest } = options;
  const { fastify } = await loadOptionalPackage('fastify', () => import('fastify'));
  const sockets = new RawSockets();
  const answerApi = createApiHandler(state, sockets, onRequest);

  const refuse = (refusal: Reply, reply: FastifyReply): void => {
    reply.hijack();
    sendReply(reply.raw, withHeaders(state, refusal));
  };

  const app = fastify({
    https: { key, cert, requireHostHeader: false },
    bodyLimit: state.settings.maxBodyBytes,
    // Long polls are in flight whenever a test ends; nobody should have to wait for them.
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    clientErrorHandler: (error, socket) => refuseUnreadable(state, error, socket),
    frameworkErrors: (error, _request, reply) => refuse(refusalOf(error), reply as FastifyReply),
  });

  sockets.watch(app.server);
  // Node would answer this one by itself, and without saying who it is.
  app.server.on('checkExpectation', (_request, response) =>
    sendReply(response, withHeaders(state, htmlReply(417, 'Expectation Failed'))),
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
      // A fault of the simulator's own must show, and must not look like an answer.
      refuse(internalError, reply);
    }
  });
  // Fastify's types tell http from https servers apart; nothing that is added here does.
  return app as unknown as FastifyInstance;
};
