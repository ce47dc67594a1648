import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Challenge } from '../engine/challenges.ts';
import type { Translate } from '../pages/messages.ts';
import { pageName, secondsLeft, statusText } from '../pages/view.ts';
import type { GatewayContext } from './context.ts';
import { cookieNames } from './cookies.ts';

// A few tabs of one login; more are there to hold connections open.
const streamsPerLogin = 6;

// Another gateway may have changed a shared login, and a proxy cuts what is silent for long.
const sharedPollMs = 1_000;
const ownPollMs = 15_000;

/** What the page's script gets. */
interface LiveState {
  readonly page: string;
  readonly status: string;
  readonly secondsLeft: number;
}

const gone: LiveState = { page: 'gone', status: '', secondsLeft: 0 };

// Nothing follows on these; the page goes on by itself.
const ends: readonly string[] = ['gone', 'granted', 'refused', 'enrolling'];

const toEvent = (state: LiveState): string => `event: state\ndata: ${JSON.stringify(state)}\n\n`;

/** Live status over server-sent events, for the browser that holds the challenge. */
export const registerEventStream = (app: FastifyInstance, context: GatewayContext): void => {
  const { engine, store, frame } = context;
  const open = new Set<ServerResponse>();

  const describe = (challenge: Challenge | undefined, t: Translate): LiveState => {
    if (challenge === undefined) {
      return gone;
    }
    const { state } = challenge;
    const pending = 'pending' in state ? state.pending : undefined;
    return {
      page: pageName(state),
      status: pending === undefined ? '' : statusText(pending, t),
      secondsLeft: pending === undefined ? 0 : secondsLeft(pending, context.now()),
    };
  };

  app.get(`${frame.base}/events`, async (request, reply) => {
    const { t } = context.frameFor(request.headers['accept-language']);
    const id = request.cookies[cookieNames.challenge];
    const challenge = await engine.look(id);
    // An EventSource does not come back after 204.
    if (context.isStopping()) {
      return reply.code(204).send();
    }
    if (id === undefined || challenge === undefined) {
      // Another tab was faster than this one's stream; the page then asks where the login led.
      return reply.type('text/event-stream').send(toEvent(gone));
    }
    if (engine.listening(id) >= streamsPerLogin) {
      return reply.code(429).send();
    }
    const { raw } = reply;
    reply.hijack();
    raw.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    raw.write('retry: 1000\n\n');
    open.add(raw);

    const send = (state: LiveState): void => {
      raw.write(toEvent(state));
      if (ends.includes(state.page)) {
        raw.end();
      }
    };
    const look = (): void => {
      // A store that is away is no news; the next look may find it.
      engine.look(id).then(
        (now) => raw.writableEnded || send(describe(now, t)),
        () => raw.writableEnded || raw.write(':\n\n'),
      );
    };
    const stopListening = engine.listen(id, look);
    const timer = setInterval(look, store.shared ? sharedPollMs : ownPollMs);
    raw.on('close', () => {
      clearInterval(timer);
      stopListening();
      open.delete(raw);
    });
    send(describe(challenge, t));
    return reply;
  });

  app.addHook('preClose', async () => {
    for (const raw of open) {
      raw.end();
    }
  });
};
