import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { camelCaseKeys, snakeCaseKeys } from '../config/key-case.ts';
import { userChangeSchema } from '../config/schema.ts';
import type { SimulatorState } from '../core/state.ts';
import { addEventStream } from './event-stream.ts';
import { advanceSchema, answerSchema, claimSchema, faultsSchema } from './schemas.ts';
import type { SimulatorControl } from './types.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Checks `Authorization: Bearer …` against a token in constant time. */
export const createTokenCheck = (token: string): ((header: string | undefined) => boolean) => {
  const expected = digest(token);
  return (header) => {
    const sent = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
    return sent !== undefined && timingSafeEqual(digest(sent), expected);
  };
};

/** What the control API is set up with. */
export interface ControlRoutesOptions {
  readonly state: SimulatorState;
  readonly control: SimulatorControl;
  readonly token: string;
}

interface ById {
  Params: { id: string };
}

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
  if (error instanceof RangeError) {
    return reply.code(404).send({ error: error.message });
  }
  if (error instanceof SyntaxError) {
    return reply.code(400).send({ error: 'The body is not JSON' });
  }
  const status = isRefusal(error) ? error.statusCode : 500;
  return reply.code(status).send({ error: status === 500 ? 'Internal error' : 'Invalid request' });
};

const addReads = (scope: FastifyInstance, control: SimulatorControl): void => {
  scope.get('/users', () => control.users());
  scope.get('/transactions', () => control.pending());
  scope.get<ById>('/transactions/:id', ({ params }) => control.transaction(params.id));
  scope.get<ById>('/devices/:id', ({ params }) => control.phone(params.id));
  scope.get('/activations', () => control.activations());
  scope.get('/faults', () => control.faults());
  scope.get('/log', () => control.log());
  scope.get('/clock', () => ({ nowMs: control.now() }));
};

const addWrites = (scope: FastifyInstance, control: SimulatorControl): void => {
  scope.patch<ById>('/users/:id', ({ params, body }) =>
    control.updateUser(params.id, camelCaseKeys(userChangeSchema.parse(body))),
  );
  scope.post<ById>('/transactions/:id/answer', ({ params, body }) => {
    const { answer, code } = answerSchema.parse(body);
    return { outcome: control.answer(params.id, answer, code) };
  });
  scope.post<ById>('/devices/:id/next-passcode', ({ params }) => ({
    passcode: control.nextPasscode(params.id),
  }));
  scope.post('/activations', (request, reply) => {
    const { code, ...phone } = claimSchema.parse(request.body);
    return control.claim(code, phone) ?? reply.code(404).send({ error: 'That code is not valid' });
  });
  scope.put('/faults', (request) => {
    const { faults, seed } = camelCaseKeys(faultsSchema.parse(request.body));
    control.setFaults(faults, seed);
    return control.faults();
  });
  scope.post('/advance', (request) => {
    control.advance(advanceSchema.parse(request.body).seconds);
    return { nowMs: control.now() };
  });
  scope.post('/reset', () => {
    control.reset();
    return {};
  });
};

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
      // Written formats use snake_case, TypeScript camelCase.
      scope.addHook('preSerialization', async (_request, _reply, body) => snakeCaseKeys(body));
      scope.addHook('onRequest', async (request, reply) => {
        reply.header('cache-control', 'no-store');
        if (!isAllowed(request.headers.authorization)) {
          return reply.code(401).send({ error: 'The control token is missing or wrong' });
        }
        return undefined;
      });
      scope.setErrorHandler((error, _request, reply) => answerError(error, reply));
      addReads(scope, options.control);
      addWrites(scope, options.control);
      addEventStream(scope, options.state);
      done();
    },
    { prefix: '/control' },
  );
};
