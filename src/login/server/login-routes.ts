import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { FirstFactorUnavailableError } from '../first-factor/first-factor.ts';
import { continuePage, passwordPage, signedOutPage, signOutPage } from '../pages/other-pages.ts';
import { completeLogin } from './complete.ts';
import type { GatewayContext } from './context.ts';
import { cookieNames, cookieOptions } from './cookies.ts';
import { replyWithPage, seeOther } from './reply-with.ts';
import { safeReturn } from './return-to.ts';
import { beginLogin, signIn } from './sign-in.ts';
import { statePage } from './state-page.ts';

const field = z.string().catch('');
const signInForm = z.object({ username: field, password: field, return_to: field });
const query = z.object({ rd: z.string().optional().catch(undefined) });

/** The pages of the login itself. Every form answers with a redirect to the one page that shows. */
export const registerLoginRoutes = (app: FastifyInstance, context: GatewayContext): void => {
  const { settings, engine, sessions, challenges, firstFactor, audit, frame } = context;
  const { base, t } = frame;
  const protect = { preHandler: app.csrfProtection };
  const returnTo = (wanted: string | undefined): string =>
    safeReturn(wanted, settings.publicOrigin, settings.returnOrigins);

  const identify = (request: FastifyRequest) =>
    firstFactor.kind === 'header'
      ? firstFactor.identify(request.headers, request.socket.remoteAddress ?? '')
      : undefined;

  const firstPage = (request: FastifyRequest, reply: FastifyReply, wanted: string) => {
    const csrf = reply.generateCsrf();
    const known = identify(request);
    return known?.passed
      ? continuePage(frame, { csrf, user: known.username, returnTo: wanted })
      : passwordPage(frame, { csrf, returnTo: wanted });
  };

  app.get(`${base}/login`, async (request, reply) => {
    const wanted = returnTo(query.parse(request.query).rd);
    const id = request.cookies[cookieNames.challenge];
    const challenge = await engine.look(id);
    if (challenge?.state.kind === 'granted') {
      const completed = await completeLogin(context, request, reply);
      if (completed !== undefined) {
        return completed;
      }
    }
    const page =
      challenge &&
      statePage(challenge.state, frame, { csrf: reply.generateCsrf(), nowMs: context.now() });
    if (page !== undefined) {
      return replyWithPage(reply, frame, page);
    }
    if ((await sessions.find(request.cookies[cookieNames.session])) !== undefined) {
      return seeOther(reply, wanted);
    }
    const ledTo = await challenges.finished(id);
    if (ledTo !== undefined) {
      // Another tab was given the session a moment ago; this browser will know it in a second.
      reply.header('Refresh', `1; url=${base}/login?rd=${encodeURIComponent(ledTo)}`);
      return replyWithPage(reply, frame, { title: t('checking'), body: undefined });
    }
    return replyWithPage(reply, frame, firstPage(request, reply, wanted));
  });

  const open = async (request: FastifyRequest, form: z.infer<typeof signInForm>) => {
    const given = {
      address: request.ip,
      returnTo: returnTo(form.return_to),
      preferredDevice: request.cookies[cookieNames.device],
    };
    const known = identify(request);
    if (known?.passed) {
      return beginLogin(context, known, given);
    }
    return signIn(context, { ...given, username: form.username.trim(), password: form.password });
  };

  app.post(`${base}/login`, protect, async (request, reply) => {
    const form = signInForm.parse(request.body ?? {});
    const again = (notice: 'wrongLogin' | 'firstFactorUnavailable', status: number) =>
      replyWithPage(
        reply,
        frame,
        passwordPage(frame, {
          csrf: reply.generateCsrf(),
          notice: t(notice),
          returnTo: returnTo(form.return_to),
        }),
        status,
      );
    try {
      const id = await open(request, form);
      if (id === undefined) {
        return again('wrongLogin', 401);
      }
      await engine.drop(request.cookies[cookieNames.challenge]);
      reply.setCookie(cookieNames.challenge, id, cookieOptions);
      return seeOther(reply, `${base}/login`);
    } catch (error) {
      if (!(error instanceof FirstFactorUnavailableError)) {
        throw error;
      }
      const { ip: address } = request;
      audit({ event: 'first-factor', result: 'unavailable', address, reason: error.message });
      return again('firstFactorUnavailable', 503);
    }
  });

  app.post(`${base}/restart`, protect, async (request, reply) => {
    await engine.drop(request.cookies[cookieNames.challenge]);
    reply.clearCookie(cookieNames.challenge, cookieOptions);
    return seeOther(reply, `${base}/login`);
  });

  app.get(`${base}/logout`, async (request, reply) => {
    const session = await sessions.find(request.cookies[cookieNames.session]);
    const page =
      session === undefined
        ? signedOutPage(frame)
        : signOutPage(frame, { csrf: reply.generateCsrf(), user: session.username });
    return replyWithPage(reply, frame, page);
  });

  app.post(`${base}/logout`, protect, async (request, reply) => {
    const id = request.cookies[cookieNames.session];
    const session = await sessions.find(id);
    await sessions.end(id);
    reply.clearCookie(cookieNames.session, cookieOptions);
    for (const name of session?.heldCookies ?? []) {
      reply.clearCookie(name, { path: '/' });
    }
    if (session !== undefined) {
      audit({ event: 'sign-out', result: 'ok', user: session.username, address: request.ip });
    }
    return seeOther(reply, `${base}/logout`);
  });
};
