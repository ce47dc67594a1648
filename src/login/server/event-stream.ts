import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Challenge } from '../challenges.ts';
import { pageName, secondsLeft, statusText } from '../pages/view.ts';
import type { GatewayContext } from './context.ts';
import { cookieNames } from './cookies.ts';

// A few tabs of one login; more is somebody holding connections open.
const streamsPerLogin = 6;

// Another gateway may have changed a shared login, and a proxy cuts what is silent for long.
const sharedPollMs = 1_000;
const ownPollMs = 15_000;

/** What the page's script is told. */
interface Told {
  readonly page: string;
  readonly status: string;
  readonly secondsLeft: number;
}

const toEvent = (told: Told): string => `event: state\ndata: ${JSON.stringify(told)}\n\n`;

/** Live status over server-sent events, for the browser that holds the challenge. */
export const registerEventStream = (app: FastifyInstance, context: GatewayContext): void => {
  const { engine, store, frame } = context;
  const open = new Set<ServerResponse>();

  const describe = (challenge: Challenge | undefined): Told => {
    if (challenge === undefined) {
      return { page: 'gone', status: '', secondsLeft: 0 };
    }
    const { state } = challenge;
    const pending = 'pending' in state ? state.pending : undefined;
    return {
      page: pageName(state),
      status: pending === undefined ? '' : statusText(pending, frame.t),
      secondsLeft: pending === undefined ? 0 : secondsLeft(pending, context.now()),
    };
  };

  app.get(`${frame.base}/events`, async (request, reply) => {
    const id = request.cookies[cookieNames.challenge];
    const challenge = await engine.look(id);
    // An EventSource does not come back after 204.
    if (context.isStopping()) {
      return reply.code(204).send();
    }
    if (id === undefined || challenge === undefined) {
      // Another tab was faster than this one's stream: told so, the page looks where the login led.
      return reply.type('text/event-stream').send(toEvent(describe(undefined)));
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

    const tell = (told: Told): void => {
      raw.write(toEvent(told));
    };
    const look = (): void => {
      // A store that is away is no news; the next look may find it.
      engine.look(id).then(
        (now) => tell(describe(now)),
        () => raw.write(':\n\n'),
      );
    };
    tell(describe(challenge));
    const unlisten = engine.listen(id, look);
    const timer = setInterval(look, store.shared ? sharedPollMs : ownPollMs);
    raw.on('close', () => {
      clearInterval(timer);
      unlisten();
      open.delete(raw);
    });
    return reply;
  });

  app.addHook('preClose', async () => {
    for (const raw of open) {
      raw.end();
    }
  });
};
