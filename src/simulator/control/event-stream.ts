import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { snakeCaseKeys } from '../config/key-case.ts';
import type { SimulatorState, StateEvent } from '../core/state.ts';

const mostStreams = 20;
// Changes in one burst go out as one event.
const gatherMs = 25;
const keepAliveMs = 15_000;

const eventText = (name: string, data: unknown): string =>
  `event: ${name}\ndata: ${JSON.stringify(snakeCaseKeys(data))}\n\n`;

/** Sends changes and log entries to one client until it disconnects. */
const stream = (state: SimulatorState, response: ServerResponse): void => {
  const changed = new Set<StateEvent>();
  let logRevision = state.log.revision;
  let flushTimer: NodeJS.Timeout | undefined;

  const flush = () => {
    flushTimer = undefined;
    if (changed.delete('log')) {
      response.write(eventText('log', state.log.changedSince(logRevision)));
      logRevision = state.log.revision;
    }
    if (changed.size > 0) {
      response.write(eventText('change', [...changed]));
    }
    changed.clear();
  };

  const stopWatching = state.watch((event) => {
    changed.add(event);
    flushTimer ??= setTimeout(flush, gatherMs);
  });
  const keepAlive = setInterval(() => response.write(':\n\n'), keepAliveMs);
  keepAlive.unref();
  response.once('close', () => {
    stopWatching();
    clearInterval(keepAlive);
    clearTimeout(flushTimer);
  });
};

/** `GET /events`: server-sent events. `log` carries new and changed log entries, `change` names what changed. */
export const addEventStream = (scope: FastifyInstance, state: SimulatorState): void => {
  let open = 0;
  scope.get('/events', (_request, reply) => {
    if (open >= mostStreams) {
      return reply.code(429).send({ error: 'Too many watchers' });
    }
    open += 1;
    reply.hijack();
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
    });
    reply.raw.write(eventText('ready', {}));
    reply.raw.once('close', () => {
      open -= 1;
    });
    stream(state, reply.raw);
    return reply;
  });
};
