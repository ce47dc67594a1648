import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type {
  FastifyError,
  FastifyInstance,
  FastifyPluginAsync,
  FastifyServerOptions,
} from 'fastify';
import { addressKey } from '../accounts/budgets.ts';
import type { MessageName } from '../pages/messages.ts';
import { errorPage } from '../pages/pages.ts';
import { createTlsServer } from './certificates.ts';
import type { GatewayContext } from './context.ts';
import { cookieNames, cookieOptions } from './cookies.ts';
import { registerLoginRoutes } from './login-routes.ts';
import { registerAssets, replyWithPage } from './pages.ts';
import { registerEventStream, registerSecondFactorRoutes } from './second-factor-routes.ts';
import { createQuickCheck, registerVerifyRoutes } from './verify-route.ts';

/** fastify's logger; off by default. */
export type ServerLogger = FastifyServerOptions['logger'];

// Longer than the proxies in front keep theirs, so that none is closed under a request.
const keepAliveMs = 72_000;

const loadPlugins = async () => {
  const [cookie, csrf, formbody, helmet, rateLimit] = await Promise.all([
    import('@fastify/cookie'),
    import('@fastify/csrf-protection'),
    import('@fastify/formbody'),
    import('@fastify/helmet'),
    import('@fastify/rate-limit'),
  ]);
  return { cookie, csrf, formbody, helmet, rateLimit };
};

/** The pages: everything under the base, with all the plugins that a browser's pages need. */
const registerPages = async (app: FastifyInstance, context: GatewayContext): Promise<void> => {
  const { settings, frame } = context;
  const plugins = await loadPlugins();
  await app.register(plugins.cookie.default);
  await app.register(plugins.formbody.default, { bodyLimit: settings.limits.bodyBytes });
  await app.register(plugins.helmet.default, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'connect-src': ["'self'"],
        // Chromium holds redirects after a form to this too, and a login may return to another host.
        'form-action': ["'self'", ...settings.returnOrigins],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
    hsts: settings.publicOrigin.startsWith('https:') ? { maxAge: 31_536_000 } : false,
  });
  await app.register(plugins.csrf.default, {
    cookieKey: cookieNames.csrf,
    cookieOpts: cookieOptions,
    getToken: ({ body }) => (body as { _csrf?: string } | undefined)?._csrf,
  });
  await app.register(plugins.rateLimit.default, {
    max: settings.limits.requestsPerMinute,
    timeWindow: 60_000,
    keyGenerator: (request) => addressKey(request.ip),
  });
  registerLoginRoutes(app, context);
  registerSecondFactorRoutes(app, context);
  registerEventStream(app, context);
  registerAssets(app, frame.base, settings.brand);
};

const messageFor = (error: FastifyError): MessageName => {
  if (error.code?.startsWith('FST_CSRF')) {
    return 'formExpired';
  }
  return error.statusCode === 429 ? 'tooMany' : 'error';
};

/** Is the gateway alive, and can it work? */
const registerHealth = (app: FastifyInstance, context: GatewayContext): void => {
  app.get('/healthz', async (_request, reply) => reply.type('text/plain').send('ok\n'));
  app.get('/readyz', async (_request, reply) => {
    const isReady =
      !context.isStopping() &&
      (await context.store.check().then(
        () => true,
        () => false,
      ));
    return reply
      .code(isReady ? 200 : 503)
      .type('text/plain')
      .send(isReady ? 'ready\n' : 'not ready\n');
  });
};

/** Warns once that the users behind a proxy which is not trusted share its address. */
const warnOfUntrustedProxy = (app: FastifyInstance, context: GatewayContext): void => {
  let hasWarned = false;
  app.addHook('onRequest', async ({ headers, socket }) => {
    const peer = socket.remoteAddress ?? '';
    if (!hasWarned && headers['x-forwarded-for'] !== undefined && !context.isTrusted(peer)) {
      hasWarned = true;
      context.warn(
        `trusted_proxies: ${peer} sends X-Forwarded-For and is not named there, so all who come through it share its address, and its budget of failures`,
      );
    }
  });
};

/** Everything that the gateway answers, as a plugin. */
const createRoutes =
  (context: GatewayContext): FastifyPluginAsync =>
  async (app) => {
    app.setErrorHandler((error: FastifyError, request, reply) => {
      const frame = context.frameFor(request.headers['accept-language']);
      const status = error.statusCode ?? 500;
      if (status >= 500) {
        request.log.error({ name: error.name, code: error.code }, 'request failed');
      }
      return replyWithPage(reply, frame, errorPage(frame, frame.t(messageFor(error))), status);
    });
    warnOfUntrustedProxy(app, context);
    registerVerifyRoutes(app, context);
    const pages: FastifyPluginAsync = (scope) => registerPages(scope, context);
    await app.register(pages);
  };

/** The gateway's own server, before it listens. */
export const createApp = async (
  context: GatewayContext,
  logger: ServerLogger = false,
): Promise<FastifyInstance> => {
  const { fastify } = await import('fastify');
  const { settings, isTrusted } = context;
  const { headersTimeoutMs: headersTimeout, requestTimeoutMs: requestTimeout } = settings.limits;
  const times = {
    headersTimeout,
    requestTimeout,
    keepAliveTimeout: keepAliveMs,
    connectionsCheckingInterval: Math.min(5_000, headersTimeout),
  };
  const check = createQuickCheck(context);
  const app = fastify({
    logger,
    trustProxy: isTrusted,
    routerOptions: { caseSensitive: true, ignoreTrailingSlash: false },
    bodyLimit: settings.limits.bodyBytes,
    forceCloseConnections: true,
    serverFactory: (handler) => {
      const answer = (request: IncomingMessage, response: ServerResponse): void => {
        void check(request, response).then((isAnswered) => {
          if (!isAnswered) {
            handler(request, response);
          }
        });
      };
      return settings.tls === undefined
        ? createServer(times, answer)
        : createTlsServer(settings.tls, times, context.warn).on('request', answer);
    },
  });
  registerHealth(app, context);
  await app.register(createRoutes(context));
  app.setNotFoundHandler((request, reply) => {
    const frame = context.frameFor(request.headers['accept-language']);
    return replyWithPage(reply, frame, errorPage(frame, frame.t('notFound')), 404);
  });
  return app;
};
