import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GatewayContext } from './context.ts';
import { cookieNames, readCookie } from './cookies.ts';
import { safeReturn } from './return-to.ts';

const one = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

// Header values are Latin-1 at best; a name outside of ASCII travels percent-encoded.
const headerSafe = (text: string): string =>
  /^[\x21-\x7e]+$/.test(text) ? text : encodeURIComponent(text);

/**
 * `GET /auth/verify`: may this browser pass? Answered from the session alone, with no call to Duo, and
 * registered apart from the pages and their plugins, since it is asked for every request.
 *
 * 200 with `Remote-User` and `Remote-Groups`, else 401. With `?login=redirect`, for proxies that hand
 * the answer on to the browser, a page view is sent to the login instead.
 */
export const registerVerifyRoute = (app: FastifyInstance, context: GatewayContext): void => {
  const { sessions, settings, frame, isTrusted } = context;
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
    const session = await sessions.find(readCookie(request.headers.cookie, cookieNames.session));
    if (session === undefined) {
      return turnAway(request, reply.header('Cache-Control', 'no-store'));
    }
    // Past the framework: this answer has no body to serialise and no hook to run.
    reply.hijack();
    reply.raw
      .writeHead(200, {
        'Cache-Control': 'no-store',
        'Content-Length': '0',
        'Remote-User': headerSafe(session.username),
        'Remote-Groups': session.groups.map(headerSafe).join(','),
      })
      .end();
    return reply;
  });
};
