import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Challenge } from '../engine/challenges.ts';
import type { FlowEvent } from '../flow/events.ts';
import type { Translate } from '../pages/messages.ts';
import { pageName, secondsLeft, statusText } from '../pages/view.ts';
import type { GatewayContext } from './context.ts';
import { cookieNames } from './cookies.ts';
import { seeOther } from './pages.ts';

const deviceForm = z.object({ device: z.string().min(1).max(64) });

const factorForm = z.object({
  factor: z.enum(['push', 'sms', 'phone']),
  device: z.string().min(1).max(64).optional(),
});

// Digits from a phone, a token or a text message, or the letters of a YubiKey.
const passcodeForm = z.object({
  passcode: z
    .string()
    .transform((text) => text.replace(/[\s-]/g, ''))
    .pipe(z.string().regex(/^[A-Za-z0-9]{4,64}$/)),
});

const passwordForm = z.object({ password: z.string().min(1).max(1_024) });

/** The forms of the second factor: each makes one event of what was sent. */
export const registerSecondFactorRoutes = (app: FastifyInstance, context: GatewayContext): void => {
  const { engine, budgets, frame } = context;
  const { base } = frame;
  const protect = { preHandler: app.csrfProtection };

  const send = async (id: string, event: FlowEvent): Promise<void> => {
    const challenge = await engine.look(id);
    if (challenge === undefined || !('login' in challenge.state)) {
      return;
    }
    const { username } = challenge.state.login;
    const spent = await budgets.isSpent({ username, address: challenge.address });
    await engine.dispatch(id, spent ? { kind: 'budget-spent' } : event);
  };

  const accept =
    <T>(form: z.ZodType<T>, toEvent: (data: T) => FlowEvent) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const id = request.cookies[cookieNames.challenge];
      const parsed = form.safeParse(request.body ?? {});
      if (id !== undefined && parsed.success) {
        await send(id, toEvent(parsed.data));
      }
      return seeOther(reply, `${base}/login`);
    };

  app.post(
    `${base}/device`,
    protect,
    accept(deviceForm, ({ device }) => ({ kind: 'device-chosen', device })),
  );
  app.post(
    `${base}/factor`,
    protect,
    accept(factorForm, ({ factor, device }) => ({
      kind: 'factor-chosen',
      factor,
      device,
      atMs: context.now(),
    })),
  );
  app.post(
    `${base}/passcode`,
    protect,
    accept(passcodeForm, ({ passcode }) => ({ kind: 'passcode-given', passcode })),
  );
  app.post(
    `${base}/password`,
    protect,
    accept(passwordForm, ({ password }) => ({ kind: 'password-given', password })),
  );
  app.post(
    `${base}/cancel`,
    protect,
    accept(z.unknown(), () => ({ kind: 'cancelled' })),
  );
};

// Enough for the tabs of one login; more would only hold connections open.
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

const toMessage = (state: LiveState): string => `event: state\ndata: ${JSON.stringify(state)}\n\n`;

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
      return reply.type('text/event-stream').send(toMessage(gone));
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
      raw.write(toMessage(state));
      if (ends.includes(state.page)) {
        raw.end();
      }
    };
    const look = (): void => {
      // A store that is away changes nothing; the next look may find it.
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
