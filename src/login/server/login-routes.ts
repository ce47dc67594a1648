import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { FirstFactorUnavailableError } from '../first-factor/first-factor.ts';
import { cookieName } from '../first-factor/xsoar.ts';
import type { MessageName } from '../pages/messages.ts';
import {
  continuePage,
  passwordPage,
  signedOutPage,
  signOutPage,
  statePage,
} from '../pages/pages.ts';
import { safeReturn } from './addresses.ts';
import type { GatewayContext } from './context.ts';
import { cookieNames, cookieOptions } from './cookies.ts';
import { replyWithPage, seeOther } from './pages.ts';
import { beginLogin, type SignInResult, signIn } from './sign-in.ts';

const field = z.string().catch('');
const signInForm = z.object({
  username: field.transform((value) => value.trim()),
  password: field,
  return_to: field,
  remember: field.transform((value) => value === 'yes'),
});
const query = z.object({ rd: z.string().optional().catch(undefined) });

const monthSeconds = 30 * 24 * 60 * 60;
const deviceSeconds = 12 * monthSeconds;

/**
 * End a login that is granted: use up its challenge, and only then open a session, always with a new id.
 *
 * @returns where the login leads; nothing when another request has used it up.
 */
const completeLogin = async (
  { engine, sessions, sessionCookie, rememberedDevices }: GatewayContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<string | undefined> => {
  const finished = await engine.finish(request.cookies[cookieNames.challenge]);
  if (finished === undefined) {
    return undefined;
  }
  const { challenge, state, held, trustedDeviceToken } = finished;
  const { address, returnTo, remember } = challenge;
  const { username, groups, preferredDevice } = state.login;
  await sessions.end(sessionCookie.read(request.headers.cookie));
  const id = await sessions.open({
    username,
    groups,
    by: state.by,
    address,
    heldCookies: held.map(cookieName),
  });
  reply.setCookie(sessionCookie.name, id, sessionCookie.options);
  reply.clearCookie(cookieNames.challenge, cookieOptions);
  if (preferredDevice !== undefined) {
    const options = { ...cookieOptions, maxAge: deviceSeconds };
    reply.setCookie(cookieNames.device, preferredDevice, options);
  }
  if (!remember) {
    // A box left empty is an answer too: what was remembered before is forgotten.
    reply.clearCookie(cookieNames.remembered, cookieOptions);
  } else if (trustedDeviceToken !== undefined && rememberedDevices !== undefined) {
    const sealed = rememberedDevices.seal(username, trustedDeviceToken);
    reply.setCookie(cookieNames.remembered, sealed, { ...cookieOptions, maxAge: monthSeconds });
  }
  for (const line of held) {
    reply.header('Set-Cookie', line);
  }
  return returnTo;
};

/** The pages of the login itself. Every form answers with a redirect to the one page that shows. */
export const registerLoginRoutes = (app: FastifyInstance, context: GatewayContext): void => {
  const { settings, engine, sessions, challenges, firstFactor, audit, sessionCookie } = context;
  const { base } = context.frame;
  const protect = { preHandler: app.csrfProtection };
  const frameOf = ({ headers }: FastifyRequest) => context.frameFor(headers['accept-language']);
  const returnTo = (wanted: string | undefined): string =>
    safeReturn(wanted, settings.publicOrigin, settings.returnOrigins);

  const { rememberedDevices } = context;
  /** Whether the box is ticked at first; no box where no device is remembered. */
  const rememberBox = ({ cookies }: FastifyRequest): boolean | undefined =>
    rememberedDevices && cookies[cookieNames.remembered] !== undefined;

  const identify = (request: FastifyRequest) =>
    firstFactor.kind === 'header'
      ? firstFactor.identify(request.headers, request.socket.remoteAddress ?? '')
      : undefined;

  app.get(`${base}/login`, async (request, reply) => {
    const wanted = returnTo(query.parse(request.query).rd);
    const id = request.cookies[cookieNames.challenge];
    const frame = frameOf(request);
    const challenge = await engine.look(id);
    if (challenge?.state.kind === 'granted') {
      const location = await completeLogin(context, request, reply);
      if (location !== undefined) {
        return seeOther(reply, location);
      }
    }
    const csrf = reply.generateCsrf();
    const page = challenge && statePage(challenge.state, frame, { csrf, nowMs: context.now() });
    if (page !== undefined) {
      return replyWithPage(reply, frame, page);
    }
    if ((await sessions.find(sessionCookie.read(request.headers.cookie))) !== undefined) {
      return seeOther(reply, wanted);
    }
    const ledTo = await challenges.finished(id);
    if (ledTo !== undefined) {
      // Another tab was given the session a moment ago; this browser will have it in a second.
      reply.header('Refresh', `1; url=${base}/login?rd=${encodeURIComponent(ledTo)}`);
      return replyWithPage(reply, frame, { title: frame.t('checking'), body: undefined });
    }
    const known = identify(request);
    const parts = { csrf, returnTo: wanted, remember: rememberBox(request) };
    const first = known?.passed
      ? continuePage(frame, { ...parts, user: known.username })
      : passwordPage(frame, parts);
    return replyWithPage(reply, frame, first);
  });

  const open = async (
    request: FastifyRequest,
    form: z.infer<typeof signInForm>,
  ): Promise<SignInResult> => {
    const given = {
      address: request.ip,
      returnTo: returnTo(form.return_to),
      preferredDevice: request.cookies[cookieNames.device],
      remember: form.remember,
      remembered: request.cookies[cookieNames.remembered],
    };
    const known = identify(request);
    return known?.passed
      ? { kind: 'begun', id: await beginLogin(context, known, given) }
      : signIn(context, { ...given, username: form.username, password: form.password });
  };

  app.post(`${base}/login`, protect, async (request, reply) => {
    const form = signInForm.parse(request.body ?? {});
    const frame = frameOf(request);
    const again = (notice: MessageName, status: number): FastifyReply =>
      replyWithPage(
        reply,
        frame,
        passwordPage(frame, {
          csrf: reply.generateCsrf(),
          notice: frame.t(notice),
          username: form.username,
          returnTo: returnTo(form.return_to),
          remember: rememberedDevices && form.remember,
        }),
        status,
      );
    let result: SignInResult;
    try {
      result = await open(request, form);
    } catch (error) {
      if (!(error instanceof FirstFactorUnavailableError)) {
        throw error;
      }
      const { ip: address } = request;
      audit({ event: 'first-factor', result: 'unavailable', address, reason: error.message });
      return again('firstFactorUnavailable', 503);
    }
    switch (result.kind) {
      case 'wrong':
        return again('wrongLogin', 401);
      case 'too-many':
        return again('tooManyFailures', 429);
      case 'begun':
        await engine.drop(request.cookies[cookieNames.challenge]);
        reply.setCookie(cookieNames.challenge, result.id, cookieOptions);
        return seeOther(reply, `${base}/login`);
    }
  });

  app.post(`${base}/restart`, protect, async (request, reply) => {
    await engine.drop(request.cookies[cookieNames.challenge]);
    reply.clearCookie(cookieNames.challenge, cookieOptions);
    return seeOther(reply, `${base}/login`);
  });

  // A question, so that a link from elsewhere does not sign the user out.
  app.get(`${base}/logout`, async (request, reply) => {
    const frame = frameOf(request);
    const session = await sessions.find(sessionCookie.read(request.headers.cookie));
    const page =
      session === undefined
        ? signedOutPage(frame)
        : signOutPage(frame, { csrf: reply.generateCsrf(), user: session.username });
    return replyWithPage(reply, frame, page);
  });

  app.post(`${base}/logout`, protect, async (request, reply) => {
    const id = sessionCookie.read(request.headers.cookie);
    const session = await sessions.find(id);
    await sessions.end(id);
    reply.clearCookie(sessionCookie.name, sessionCookie.options);
    for (const name of session?.heldCookies ?? []) {
      reply.clearCookie(name, { path: '/' });
    }
    if (session !== undefined) {
      audit({ event: 'sign-out', result: 'ok', user: session.username, address: request.ip });
    }
    return seeOther(reply, `${base}/logout`);
  });
};
