import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { DuoClient } from '../hosts/node/duo-client.ts';
import { createAttention } from './accounts/attention.ts';
import { createBudgets } from './accounts/budgets.ts';
import { createChallenges } from './engine/challenges.ts';
import { createDuo } from './engine/duo.ts';
import { createEngine } from './engine/engine.ts';
import { createFirstFactor, createPasswordFactor } from './first-factor/create-first-factor.ts';
import type { FirstFactor } from './first-factor/first-factor.ts';
import { chooseLanguage, createTranslate, parseMessages } from './pages/messages.ts';
import { assertFree, createResources, type Resources } from './resources.ts';
import { createSwitchReader } from './second-factor/switches.ts';
import { createRangeCheck } from './server/addresses.ts';
import { createApp, type ServerLogger } from './server/app.ts';
import { assertCertificate } from './server/certificates.ts';
import type { GatewayContext } from './server/context.ts';
import { createRememberedDevices, createSessionCookie } from './server/cookies.ts';
import { createEmbedding, type Embedding } from './server/embedding.ts';
import { createAdmin, pendingMs, startControlSocket } from './session-admin.ts';
import { createSessions } from './sessions.ts';
import { hostOf, isLoopback } from './settings/fields.ts';
import type { LoginSettings } from './settings/settings.ts';
import { openStore } from './store/redis-store.ts';
import { type AuditLog, createAuditLog, openAuditStream } from './watch/audit-log.ts';
import { createMetrics, type Metrics, startMetricsServer } from './watch/metrics.ts';

/** Options besides the settings file, for tests and for embedding. */
export interface GatewayOptions {
  /** `false` inside a Node application, which listens itself; see {@link Embedding}. */
  readonly listen?: boolean | undefined;
  /** Takes each line of the audit stream; by default it goes to `audit_file` or to standard output. */
  readonly writeAudit?: ((line: string) => void) | undefined;
  /** Warnings for the operator. */
  readonly onWarning?: ((message: string) => void) | undefined;
  /** fastify's logger; off by default. */
  readonly logger?: ServerLogger;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
  /** The least time from a wrong login to its response, in milliseconds; 500 by default. */
  readonly failureMs?: number | undefined;
  /** A login without a change for this many milliseconds is taken over; 90 000 by default. */
  readonly stalledMs?: number | undefined;
  /** How long {@link LoginGateway.close} waits for pending pushes, in milliseconds; 10 000 by default. */
  readonly graceMs?: number | undefined;
}

/** A gateway that runs: behind a proxy on a port of its own, or inside a Node application. */
export interface LoginGateway extends Embedding {
  /**
   * Where it listens, such as `http://127.0.0.1:8443`; browsers may know it by another name. The public
   * origin when it does not listen itself.
   */
  readonly url: string;
  /** Stop: take no new work, wait up to `graceMs` for pending pushes, and decide no login. */
  close(): Promise<void>;
}

const base = '/auth';

// Longer than Duo gives a push or a call.
const followMs = 90_000;

const ownMessages = ({ messagesFile }: LoginSettings): Record<string, string> =>
  messagesFile === undefined ? {} : parseMessages(readFileSync(messagesFile, 'utf8'));

/** Settings that work, and are likely to be a mistake. */
const warningsOf = ({ listen, publicOrigin, trustedProxies }: LoginSettings): readonly string[] =>
  isLoopback(listen.host) && trustedProxies.length === 0 && !isLoopback(hostOf(publicOrigin))
    ? [
        'trusted_proxies: is empty, and browsers cannot reach the address of listen: behind a proxy all users share its address, and its budget of failures',
      ]
    : [];

/** A password file must be readable at the start; a server may be unavailable for a while. */
const readable = async <F extends FirstFactor>(
  factor: F,
  { type }: { readonly type: string },
): Promise<F> => {
  if (type === 'htpasswd') {
    await factor.check();
  }
  return factor;
};

interface Opened {
  readonly context: GatewayContext;
  readonly metrics: Metrics | undefined;
  /** From now on no new work is accepted. */
  readonly stop: () => void;
}

/** Acquire all that the settings name, without listening yet. */
const open = async (
  resources: Resources,
  settings: LoginSettings,
  options: GatewayOptions,
): Promise<Opened> => {
  const { now = Date.now, onWarning: warn = () => undefined } = options;
  const { limits } = settings;
  const listens = options.listen !== false;
  const isTrusted = createRangeCheck(settings.trustedProxies);

  const messages = await resources.acquire('messages_file', () => ownMessages(settings));
  await resources.acquire('brand.logo_file', () => {
    const { logoFile } = settings.brand;
    return logoFile === undefined || readFileSync(logoFile);
  });
  const firstFactor = await resources.acquire('first_factor', async () =>
    readable(await createFirstFactor(settings.firstFactor, isTrusted), settings.firstFactor),
  );
  const further = await resources.acquire('further_password', async () => {
    const { furtherPassword } = settings;
    return (
      furtherPassword && readable(await createPasswordFactor(furtherPassword), furtherPassword)
    );
  });
  const client = await resources.acquire(
    'duo',
    () => new DuoClient(settings.duo),
    (one) => one.close(),
  );
  const audited = await resources.acquire(
    'audit_file',
    () => openAuditStream(options.writeAudit ?? settings.auditFile, warn),
    (one) => one.close(),
  );
  const opened = await resources.acquire(
    'session.redis_url',
    () => openStore(settings.session, now, warn),
    (one) => one.close(),
  );
  await resources.acquire('tls', () => settings.tls && assertCertificate(settings.tls));
  await resources.acquire('listen', async () => {
    await (listens && assertFree(settings.listen));
  });
  const metrics = await resources.acquire('metrics_listen', async () => {
    if (settings.metricsListen === undefined) {
      return undefined;
    }
    await assertFree(settings.metricsListen);
    return createMetrics(() => engine.waiting());
  });
  await resources.assertAll();

  const store = opened.value;
  const writeAudit = createAuditLog(audited.value.write, now);
  const audit: AuditLog = (entry) => {
    writeAudit(entry);
    metrics.value?.observe(entry);
  };
  const challenges = createChallenges(store, { lifetimeMs: limits.challengeMs, now });
  const sessions = createSessions(store, settings.session, now);
  const budgets = createBudgets(store, limits, settings.secondFactor.safeAccounts);
  const engine = createEngine({
    challenges,
    budgets,
    attention: createAttention(store, { ...limits, pendingMs }),
    audit,
    now,
    duo: createDuo(client.value, settings.brand.name),
    checkPassword: async (username, password) =>
      further.value !== undefined && (await further.value.verify({ username, password })).passed,
    observeDuo: metrics.value?.observeDuo,
    stalledMs: options.stalledMs ?? 90_000,
    followMs,
  });
  resources.beforeRelease(() => engine.stop());
  const switches = createSwitchReader(settings.switches, settings.secondFactor, {
    onChange: ({ use2fa, requirePassword }) =>
      audit({
        event: 'switches',
        result: 'changed',
        reason: `use_2fa ${use2fa}, require_password ${requirePassword}`,
      }),
    onFailure: (message) => warn(`settings: ${message}`),
  });
  resources.beforeRelease(() => switches.close());
  await switches.refresh().catch((error: Error) => warn(`settings: ${error.message}`));

  const frameIn = (language: string) => ({
    t: createTranslate(language, messages.value),
    language,
    brandName: settings.brand.name,
    hasLogo: settings.brand.logoFile !== undefined,
    base,
  });
  const frames = new Map<string, GatewayContext['frame']>();
  const frameFor: GatewayContext['frameFor'] = (acceptLanguage) => {
    const language = chooseLanguage(settings.language, acceptLanguage);
    const frame = frames.get(language) ?? frameIn(language);
    frames.set(language, frame);
    return frame;
  };

  let isStopping = false;
  const key = settings.rememberedDevicesKey;
  const context: GatewayContext = {
    settings,
    store,
    engine,
    challenges,
    sessions,
    budgets,
    firstFactor: firstFactor.value,
    switches: switches.current,
    audit,
    warn,
    now,
    frame: frameFor(undefined),
    frameFor,
    sessionCookie: createSessionCookie(settings.session.cookieDomain),
    rememberedDevices: key === undefined ? undefined : createRememberedDevices(key),
    isTrusted,
    isStopping: () => isStopping,
    failureMs: options.failureMs ?? 500,
  };
  return {
    context,
    metrics: metrics.value,
    stop: () => {
      isStopping = true;
    },
  };
};

/**
 * Start the login gateway. What the settings name is acquired in order: files and packages, then ports.
 *
 * @throws {@link LoginStartError} with every failure, by setting. What was acquired before is released.
 */
export const createLoginGateway = async (
  settings: LoginSettings,
  options: GatewayOptions = {},
): Promise<LoginGateway> => {
  const resources = createResources();
  const { context, metrics, stop } = await open(resources, settings, options);
  const { engine, store, sessions, audit, warn } = context;
  const { listen, metricsListen, controlSocket, tls } = settings;

  const app = await resources.acquire(
    'tls',
    () => createApp(context, options.logger),
    (one) => one.close(),
  );
  await resources.assertAll();
  const { server } = app.value;
  const listens = options.listen !== false;
  await resources.acquire('listen', async () => {
    await (listens ? app.value.listen(listen) : app.value.ready());
  });
  await resources.acquire(
    'metrics_listen',
    () => metrics && metricsListen && startMetricsServer(metrics, metricsListen),
    (close) => close?.(),
  );
  await resources.acquire(
    'control_socket',
    () =>
      controlSocket === undefined
        ? undefined
        : startControlSocket(controlSocket, createAdmin(store, sessions, settings, audit)),
    (close) => close?.(),
  );
  await resources.assertAll();
  for (const warning of listens ? warningsOf(settings) : []) {
    warn(warning);
  }

  const urlOf = ({ port, address }: AddressInfo): string => {
    const host = address.includes(':') ? `[${address}]` : address;
    return `${tls === undefined ? 'http' : 'https'}://${host}:${port}`;
  };
  return {
    ...createEmbedding(app.value, context),
    url: listens ? urlOf(server.address() as AddressInfo) : settings.publicOrigin,
    close: async () => {
      stop();
      const untilMs = Date.now() + (options.graceMs ?? 10_000);
      // With a shared store another gateway takes over; in memory, this is the only one who can.
      while (!store.shared && engine.waiting() > 0 && Date.now() < untilMs) {
        await sleep(100);
      }
      await resources.release();
    },
  };
};
