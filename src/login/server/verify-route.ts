import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addressKey } from '../accounts/budgets.ts';
import type { Session } from '../sessions.ts';
import { safeReturn } from './addresses.ts';
import { createApiKeys, type KeyAnswer } from './api-keys.ts';
import type { GatewayContext } from './context.ts';

const one = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

// Header values are Latin-1 at best, and commas part groups; what does not fit travels percent-encoded.
const headerSafe = (text: string): string =>
  /^[\x21-\x2b\x2d-\x7e]+$/.test(text) ? text : encodeURIComponent(text);

/** What the proxy hands on to the application. */
const identityHeaders = ({ username, groups }: Pick<Session, 'username' | 'groups'>) => ({
  'Cache-Control': 'no-store',
  'Remote-User': headerSafe(username),
  'Remote-Groups': groups.map(headerSafe).join(','),
});

/** Answers a check that succeeds; false for every other, which goes on to the framework. */
export type QuickCheck = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/**
 * A check that succeeds has no body to serialize and no hook to run, and it is asked before every
 * request to what is protected. So it is answered before the framework, from the session alone.
 */
export const createQuickCheck = ({
  sessions,
  sessionCookie,
  frame,
}: GatewayContext): QuickCheck => {
  const path = `${frame.base}/verify`;
  return async ({ method, url, headers }, response) => {
    if (
      (method !== 'GET' && method !== 'HEAD') ||
      url?.startsWith(path) !== true ||
      url.split('?', 1)[0] !== path
    ) {
      return false;
    }
    // A store that is away is the framework's to report, as with every other page.
    const session = await sessions.find(sessionCookie.read(headers.cookie)).catch(() => undefined);
    if (session === undefined) {
      return false;
    }
    response.writeHead(200, { 'Content-Length': '0', ...identityHeaders(session) }).end();
    return true;
  };
};

/**
 * `GET /auth/verify`: may this browser pass? Answered from the session alone, with no call to Duo.
 *
 * 200 with `Remote-User` and `Remote-Groups`, else 401. With `?login=redirect`, for proxies that hand
 * the answer on to the browser, a page view is sent to the login instead.
 */
const registerVerify = (app: FastifyInstance, context: GatewayContext): void => {
  const { sessions, sessionCookie, settings, frame, isTrusted } = context;
  const origins = [settings.publicOrigin, ...settings.returnOrigins];

  const loginAddress = ({ headers, socket }: FastifyRequest): string => {
    const login = `${frame.base}/login`;
    const host = one(headers['x-forwarded-host']);
    if (host === undefined || !isTrusted(socket.remoteAddress ?? '')) {
      return `${settings.publicOrigin}${login}`;
    }
    const asked = `${one(headers['x-forwarded-proto']) ?? 'https'}://${host}`;
    const origin = origins.find((allowed) => allowed === asked) ?? settings.publicOrigin;
    const page = `${asked}${one(headers['x-forwarded-uri']) ?? '/'}`;
    const target = safeReturn(page, origin, origins);
    return `${origin}${login}?rd=${encodeURIComponent(target)}`;
  };

  const turnAway = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { headers, query } = request;
    const wantsPage = one(headers.accept)?.includes('text/html') ?? false;
    const method = one(headers['x-forwarded-method']) ?? 'GET';
    const redirects = (query as { login?: unknown }).login === 'redirect';
    if (redirects && wantsPage && (method === 'GET' || method === 'HEAD')) {
      return reply.redirect(loginAddress(request), 302);
    }
    return reply.code(401).send();
  };

  app.get(`${frame.base}/verify`, async (request, reply) => {
    reply.header('Cache-Control', 'no-store');
    // Inside another application no quick check is before this route.
    const session = await sessions.find(sessionCookie.read(request.headers.cookie));
    return session === undefined
      ? turnAway(request, reply)
      : reply.headers(identityHeaders(session)).send();
  });
};

const refused: KeyAnswer = { kind: 'refused' };
const wrongKeysAtMost = 30;
const wrongKeysMs = 60_000;

/**
 * `GET /auth/verify/api-key`: is the key in `Authorization` one of the server's? 200, 401, or 503 when
 * the server does not say. Without `api_keys` in the settings every key is refused.
 */
const registerVerifyKey = (app: FastifyInstance, context: GatewayContext): void => {
  const { settings, store, audit, frame, now } = context;
  const keys = settings.apiKeys && createApiKeys(settings.apiKeys, now);
  // A flood of refusals is one line a minute in the audit stream.
  let reportedMs = Number.NEGATIVE_INFINITY;

  // Written this way round, what is not a number is too many.
  const mayAsk = async (counter: string): Promise<boolean> =>
    Number((await store.get(counter)) ?? 0) < wrongKeysAtMost;

  app.get(`${frame.base}/verify/api-key`, async (request, reply) => {
    reply.header('Cache-Control', 'no-store');
    if (keys === undefined) {
      return reply.code(401).send();
    }
    const key = request.headers.authorization ?? '';
    const counter = `wrong-keys:${addressKey(request.ip)}`;
    const answer =
      keys.recall(key) ?? ((await mayAsk(counter)) ? await keys.confirm(key) : refused);
    switch (answer.kind) {
      case 'confirmed':
        return reply.headers(identityHeaders({ username: answer.user, groups: [] })).send();
      case 'refused':
        await store.count(counter, 1, wrongKeysMs);
        if (now() - reportedMs > wrongKeysMs) {
          reportedMs = now();
          audit({ event: 'api-key', result: 'refused', address: request.ip });
        }
        return reply.code(401).send();
      case 'unavailable':
        audit({ event: 'api-key', result: 'unavailable', reason: answer.reason });
        return reply.code(503).send();
    }
  });
};

/**
 * `GET /auth/end-session`, for proxies alone: the application's own sign-out is about to be called, and
 * the gateway's session ends with it. 200 when it has ended, 401 when there was none, 403 when the
 * request to the application is not a POST from a page of its own: a link elsewhere signs no one out.
 */
const registerEndSession = (app: FastifyInstance, context: GatewayContext): void => {
  const { sessions, sessionCookie, settings, audit, frame, isTrusted } = context;
  const origins = [undefined, settings.publicOrigin, ...settings.returnOrigins];

  const isOwnSignOut = ({ headers, socket }: FastifyRequest): boolean =>
    isTrusted(socket.remoteAddress ?? '') &&
    one(headers['x-forwarded-method']) === 'POST' &&
    origins.includes(one(headers.origin)) &&
    [undefined, 'same-origin'].includes(one(headers['sec-fetch-site']));

  app.get(`${frame.base}/end-session`, async (request, reply) => {
    reply.header('Cache-Control', 'no-store');
    const id = sessionCookie.read(request.headers.cookie);
    const session = await sessions.find(id);
    if (session === undefined) {
      return reply.code(401).send();
    }
    if (!isOwnSignOut(request)) {
      return reply.code(403).send();
    }
    await sessions.end(id);
    const { username: user } = session;
    audit({ event: 'sign-out', result: 'ok', user, address: request.ip, reason: 'application' });
    return reply.headers(identityHeaders(session)).send();
  });
};

/** What proxies ask before they pass a request on. */
export const registerVerifyRoutes = (app: FastifyInstance, context: GatewayContext): void => {
  registerVerify(app, context);
  registerVerifyKey(app, context);
  registerEndSession(app, context);
};
