import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { snakeCaseKeys } from '../config/key-case.ts';
import { SimulatorConfigError } from '../config/load-config.ts';
import type { SimulatorState } from '../core/state.ts';
import { NotFoundError } from './control.ts';
import { addEventStream } from './event-stream.ts';
import { openApiDocument } from './openapi.ts';
import { type Operation, operations } from './operations.ts';
import type { SimulatorControl } from './types.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Checks `Authorization: Bearer …` against a token in constant time. */
const createTokenCheck = (token: string): ((header: string | undefined) => boolean) => {
  const expected = digest(token);
  return (header) => {
    const sent = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
    return sent !== undefined && timingSafeEqual(digest(sent), expected);
  };
};

const isRefusal = (error: unknown): error is Error & { statusCode: number } =>
  error instanceof Error &&
  'statusCode' in error &&
  typeof error.statusCode === 'number' &&
  error.statusCode < 500;

/** Invalid input gets a 4xx with the reason; any other error is the simulator's own. */
const answerError = (error: unknown, reply: FastifyReply): FastifyReply => {
  if (error instanceof z.ZodError) {
    const problems = error.issues.map(
      ({ path, message }) => `${path.join('.') || 'body'}: ${message}`,
    );
    return reply.code(400).send({ error: 'Invalid request', problems });
  }
  if (error instanceof SimulatorConfigError) {
    return reply.code(400).send({ error: 'Invalid request', problems: error.problems });
  }
  if (error instanceof NotFoundError) {
    return reply.code(404).send({ error: error.message });
  }
  if (error instanceof SyntaxError) {
    return reply.code(400).send({ error: 'The body is not JSON' });
  }
  const status = isRefusal(error) ? error.statusCode : 500;
  return reply.code(status).send({ error: status === 500 ? 'Internal error' : 'Invalid request' });
};

const addOperation = (
  scope: FastifyInstance,
  control: SimulatorControl,
  { method, path, run }: Operation,
): void => {
  scope.route<{ Params: { id?: string } }>({
    method,
    url: path,
    handler: ({ params, body }, reply) => {
      const result = run(control, params.id ?? '', body);
      return result === undefined
        ? reply.code(404).send({ error: 'It does not exist' })
        : reply.send(snakeCaseKeys(result));
    },
  });
};

/** The options of the control API. */
export interface ControlRoutesOptions {
  readonly state: SimulatorState;
  readonly control: SimulatorControl;
  readonly token: string;
}

/** The control API, below `/control`, protected by the token. */
export const addControlRoutes = (app: FastifyInstance, options: ControlRoutesOptions): void => {
  const isAllowed = createTokenCheck(options.token);
  app.register(
    (scope, _options, done) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser(
        'application/json',
        { parseAs: 'string' },
        async (_request: FastifyRequest, text: string) => JSON.parse(text),
      );
      scope.addHook('onRequest', async (request, reply) => {
        reply.header('cache-control', 'no-store');
        if (!isAllowed(request.headers.authorization)) {
          return reply.code(401).send({ error: 'The control token is missing or wrong' });
        }
        return undefined;
      });
      scope.setErrorHandler((error, _request, reply) => answerError(error, reply));
      for (const operation of operations) {
        addOperation(scope, options.control, operation);
      }
      scope.get('/openapi.json', () => openApiDocument());
      addEventStream(scope, options.state);
      done();
    },
    { prefix: '/control' },
  );
};
