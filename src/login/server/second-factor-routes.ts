import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { FlowEvent } from '../flow/events.ts';
import type { GatewayContext } from './context.ts';
import { cookieNames } from './cookies.ts';
import { seeOther } from './respond.ts';

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
