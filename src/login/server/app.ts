import { readFileSync } from 'node:fs';
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type {
  FastifyError,
  FastifyInstance,
  FastifyPluginAsync,
  FastifyServerOptions,
} from 'fastify';
import { loadOptionalPackage } from '../../optional/load-optional-package.ts';
import { addressKey } from '../accounts/address-key.ts';
import { errorPage } from '../pages/other-pages.ts';
import { registerAssets } from './assets.ts';
import type { GatewayContext } from './context.ts';
import { cookieNames, cookieOptions } from './cookies.ts';
import { registerEventStream } from './event-stream.ts';
import { registerLoginRoutes } from './login-routes.ts';
import { replyWithPage } from './reply-with.ts';
import { registerSecondFactorRoutes } from './second-factor-routes.ts';
import { createQuickCheck, registerVerifyRoutes } from './verify-route.ts';

/** What the server may be told besides the settings. */
export interface AppOptions {
  /** How long a client may take over its headers, and over a whole request. */
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  /** Requests to the login's pages, per address and minute. */
  readonly requestsPerMinute: number;
  /** fastify's logger; off by default. */
  readonly logger: FastifyServerOptions['logger'];
}

// A form of the login is a few hundred bytes.
const formLimitBytes = 16 * 1024;

// Longer than the proxies in front keep theirs, so that none is closed under a request.
const keepAliveMs = 72_000;

const loadPlugins = async () => {
  const [cookie, csrf, formbody, helmet, rateLimit] = await Promise.all([
    loadOptionalPackage('@fastify/cookie', () => import('@fastify/cookie')),
    loadOptionalPackage('@fastify/csrf-protection', () => import('@fastify/csrf-protection')),
    loadOptionalPackage('@fastify/formbody', () => import('@fastify/formbody')),
    loadOptionalPackage('@fastify/helmet', () => import('@fastify/helmet')),
    loadOptionalPackage('@fastify/rate-limit', () => import('@fastify/rate-limit')),
  ]);
  return { cookie, csrf, formbody, helmet, rateLimit };
};

/** The pages: everything under the base, with all the plugins that a browser's pages need. */
const registerPages = async (
  app: FastifyInstance,
  context: GatewayContext,
  { requestsPerMinute }: AppOptions,
): Promise<void> => {
  const { settings, frame } = context;
  const plugins = await loadPlugins();
  await app.register(plugins.cookie.default);
  await app.register(plugins.formbody.default, { bodyLimit: formLimitBytes });
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
    max: requestsPerMinute,
    timeWindow: 60_000,
    keyGenerator: (request) => addressKey(request.ip),
  });
  registerLoginRoutes(app, context);
  registerSecondFactorRoutes(app, context);
  registerEventStream(app, context);
  registerAssets(app, frame.base, settings.brand);
};

const messageFor = (error: FastifyError): 'formExpired' | 'tooMany' | 'error' => {
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

const createServer = async (
  context: GatewayContext,
  options: AppOptions,
): Promise<FastifyInstance> => {
  const { fastify } = await loadOptionalPackage('fastify', () => import('fastify'));
  const { settings, isTrusted } = context;
  const { tls } = settings;
  const { headersTimeoutMs: headersTimeout, requestTimeoutMs: requestTimeout } = options;
  const times = {
    headersTimeout,
    requestTimeout,
    keepAliveTimeout: keepAliveMs,
    connectionsCheckingInterval: Math.min(5_000, headersTimeout),
  };
  const check = createQuickCheck(context);
  return fastify({
    logger: options.logger ?? false,
    trustProxy: isTrusted,
    routerOptions: { caseSensitive: true, ignoreTrailingSlash: false },
    bodyLimit: formLimitBytes,
    forceCloseConnections: true,
    serverFactory: (handler) => {
      const answer = (request: IncomingMessage, response: ServerResponse): void => {
        void check(request, response).then((isAnswered) => {
          if (!isAnswered) {
            handler(request, response);
          }
        });
      };
      return tls === undefined
        ? createHttpServer(times, answer)
        : createHttpsServer(
            { ...times, cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) },
            answer,
          );
    },
  });
};

/** The gateway's server, before it listens. */
export const createApp = async (
  context: GatewayContext,
  options: AppOptions,
): Promise<FastifyInstance> => {
  const { frame } = context;
  const app = await createServer(context, options);
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) {
      request.log.error({ name: error.name, code: error.code }, 'request failed');
    }
    return replyWithPage(reply, frame, errorPage(frame, frame.t(messageFor(error))), status);
  });
  registerHealth(app, context);
  registerVerifyRoutes(app, context);
  const pages: FastifyPluginAsync = (scope) => registerPages(scope, context, options);
  await app.register(pages);
  app.setNotFoundHandler((_request, reply) =>
    replyWithPage(reply, frame, errorPage(frame, frame.t('notFound')), 404),
  );
  return app;
};
