import { readFileSync } from 'node:fs';
import { Agent as HttpAgent, type IncomingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { rootCertificates } from 'node:tls';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { loadOptionalPackage } from '../../optional/load-optional-package.ts';
import type { Session } from '../sessions.ts';
import type { StandSettings } from '../settings/types.ts';
import type { GatewayContext } from './context.ts';
import { cookieNames, cookieOptions, readCookie } from './cookies.ts';
import { forwardedHeaders } from './identity-headers.ts';
import { createOpenSockets } from './open-sockets.ts';
import { loosestReading, rawPath } from './path.ts';

type ProxySettings = Extract<StandSettings, { mode: 'proxy' }>;

/** What is needed of a request to forward it. */
interface Forwarded {
  readonly raw: object;
  readonly ip: string;
  readonly headers: { readonly host?: string | undefined };
}

/** Why a request is let through. */
type Passage =
  | { readonly by: 'session'; readonly session: Session }
  | { readonly by: 'api-key' }
  | { readonly by: 'open-path' };

const tlsOptions = ({ caFile, insecure }: ProxySettings) => ({
  rejectUnauthorized: !insecure,
  ...(caFile !== undefined && { ca: [...rootCertificates, readFileSync(caFile, 'utf8')] }),
});

const wantsPage = ({ method, headers }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') && (headers.accept?.includes('text/html') ?? false);

/**
 * The reverse proxy: whatever is not the gateway's own goes to the upstream, once there is a session.
 * No path is let through because of what it looks like, so none can be dressed up to be; the few that
 * the settings open must be sent exactly as they are written there.
 */
export const registerProxy = async (
  app: FastifyInstance,
  context: GatewayContext,
  stand: ProxySettings,
): Promise<void> => {
  const { sessions, settings, frame, audit } = context;
  const { default: httpProxy } = await loadOptionalPackage(
    '@fastify/http-proxy',
    () => import('@fastify/http-proxy'),
  );
  const origins = [settings.publicOrigin, ...settings.returnOrigins];
  const sockets = createOpenSockets(sessions);
  const passages = new WeakMap<object, Passage>();
  const loginPaths = stand.loginPaths.map(loosestReading);
  const logoutPaths = stand.logoutPaths.map(loosestReading);

  const passageOf = async (request: FastifyRequest): Promise<Passage | undefined> => {
    const { headers, url } = request;
    const session = await sessions.find(readCookie(headers.cookie, cookieNames.session));
    if (session !== undefined) {
      return { by: 'session', session };
    }
    if (stand.openPaths.includes(rawPath(url))) {
      return { by: 'open-path' };
    }
    return stand.allowApiKeys && headers.authorization !== undefined
      ? { by: 'api-key' }
      : undefined;
  };

  const turnAway = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    reply.header('Cache-Control', 'no-store');
    return wantsPage(request)
      ? reply.redirect(`${frame.base}/login?rd=${encodeURIComponent(request.url)}`, 303)
      : reply.code(401).send({ error: 'Sign in first.' });
  };

  const endSession = async (request: FastifyRequest, reason: string): Promise<void> => {
    const id = readCookie(request.headers.cookie, cookieNames.session);
    const session = await sessions.find(id);
    await sessions.end(id);
    if (session !== undefined) {
      const { username: user } = session;
      audit({ event: 'session-ended', result: 'ok', user, address: request.ip, reason });
    }
  };

  // With a session of one user, the upstream's own login would make another of it, past Duo.
  const endAtLogin = async (
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> => {
    await endSession(request, 'login');
    reply.clearCookie(cookieNames.session, cookieOptions);
    return turnAway(request, reply);
  };

  // A page of another origin must not open a socket in this browser's name.
  const isForeign = ({ headers }: FastifyRequest): boolean =>
    headers.origin !== undefined && !origins.includes(headers.origin);

  const guard = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    if (loginPaths.includes(loosestReading(request.url))) {
      return endAtLogin(request, reply);
    }
    const passage = await passageOf(request);
    if (passage === undefined) {
      return turnAway(request, reply);
    }
    if (logoutPaths.includes(loosestReading(request.url))) {
      await endSession(request, 'logout');
      reply.clearCookie(cookieNames.session, cookieOptions);
    }
    if (request.headers.upgrade !== undefined) {
      if (isForeign(request)) {
        return reply.code(403).send();
      }
      sockets.add(request.raw.socket, readCookie(request.headers.cookie, cookieNames.session));
    }
    passages.set(request.raw, passage);
    return undefined;
  };

  const headersFor = (request: Forwarded, headers: IncomingHttpHeaders) => {
    const passage = passages.get(request.raw);
    const { userHeader } = stand;
    return forwardedHeaders(headers, {
      address: request.ip,
      host: request.headers.host,
      proto: settings.publicOrigin.split(':', 1)[0] ?? 'https',
      userHeader,
      user:
        userHeader !== undefined && passage?.by === 'session'
          ? { header: userHeader, name: passage.session.username }
          : undefined,
      withoutCookies: passage?.by === 'api-key',
    });
  };

  const tls = tlsOptions(stand);
  const wsClientOptions = {
    ...tls,
    // The handshake has its own headers; of the browser's, those that say who and whence go along.
    rewriteRequestHeaders: (_headers: object, request: FastifyRequest) => {
      const forwarded = headersFor(request, request.headers);
      const names = ['cookie', 'authorization', 'origin', 'x-forwarded-for', stand.userHeader];
      return Object.fromEntries(
        names.flatMap((name) => {
          const value = name === undefined ? undefined : forwarded[name];
          return name === undefined || value === undefined ? [] : [[name, value]];
        }),
      );
    },
  };
  const cookie = await loadOptionalPackage('@fastify/cookie', () => import('@fastify/cookie'));
  await app.register(cookie.default);
  // The upstream's own parsers are the ones that matter: bodies go through as they come.
  app.removeAllContentTypeParsers();
  await app.register(httpProxy, {
    upstream: stand.upstream,
    websocket: true,
    disableRequestLogging: true,
    http: {
      agents: {
        'http:': new HttpAgent({ keepAlive: true }),
        'https:': new HttpsAgent({ keepAlive: true, ...tls }),
      },
    },
    preHandler: guard,
    // Whether a request may be repeated is for the browser to say.
    replyOptions: { rewriteRequestHeaders: headersFor, retryDelay: () => null },
    wsClientOptions,
  });
  app.addHook('onClose', async () => sockets.close());
};
