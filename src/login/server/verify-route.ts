import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { safeReturn } from './addresses.ts';
import type { GatewayContext } from './context.ts';

const one = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

// Header values are Latin-1 at best, and commas part groups; what does not fit travels percent-encoded.
const headerSafe = (text: string): string =>
  /^[\x21-\x2b\x2d-\x7e]+$/.test(text) ? text : encodeURIComponent(text);

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
    if (method !== 'GET' || url?.startsWith(path) !== true || url.split('?', 1)[0] !== path) {
      return false;
    }
    // A store that is away is the framework's to tell, as with every other page.
    const session = await sessions.find(sessionCookie.read(headers.cookie)).catch(() => undefined);
    if (session === undefined) {
      return false;
    }
    response
      .writeHead(200, {
        'Cache-Control': 'no-store',
        'Content-Length': '0',
        'Remote-User': headerSafe(session.username),
        'Remote-Groups': session.groups.map(headerSafe).join(','),
      })
      .end();
    return true;
  };
};

/**
 * `GET /auth/verify`: may this browser pass? Answered from the session alone, with no call to Duo.
 *
 * 200 with `Remote-User` and `Remote-Groups`, from {@link createQuickCheck}, else 401. With `?login=redirect`, for proxies that hand
 * the answer on to the browser, a page view is sent to the login instead.
 */
export const registerVerifyRoute = (app: FastifyInstance, context: GatewayContext): void => {
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
    // Only what the quick check did not answer comes here: no session, or a store that is away.
    await sessions.find(sessionCookie.read(request.headers.cookie));
    return turnAway(request, reply.header('Cache-Control', 'no-store'));
  });
};
