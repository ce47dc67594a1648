import { createWriteStream, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { DuoClient } from '../hosts/node/duo-client.ts';
import { createBudgets } from './accounts/budgets.ts';
import { createChallenges } from './challenges.ts';
import { createEngine } from './engine/engine.ts';
import { createFirstFactor, createPasswordFactor } from './first-factor/create-first-factor.ts';
import { createTranslate } from './pages/messages.ts';
import { createDuoPort } from './second-factor/duo-port.ts';
import { createSwitchReader } from './second-factor/switches.ts';
import { type AppOptions, createApp } from './server/app.ts';
import type { GatewayContext } from './server/context.ts';
import { createTrust } from './server/trusted-addresses.ts';
import { createSessions } from './sessions.ts';
import type { LoginSettings } from './settings/types.ts';
import { openStore } from './store/open-store.ts';
import { type AuditEntry, createAuditLog } from './watch/audit-log.ts';
import { startControlSocket } from './watch/control-socket.ts';
import { createMetrics } from './watch/metrics.ts';
import { startMetricsServer } from './watch/metrics-server.ts';

/** What may be set besides the settings file; for tests and for embedding. */
export interface GatewayOptions extends Partial<AppOptions> {
  /** Takes a line of the audit stream; by default the file of the settings, or standard output. */
  readonly writeAudit?: ((line: string) => void) | undefined;
  /** Warnings for the operator. */
  readonly onWarning?: ((message: string) => void) | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
  /** A wrong login is answered no sooner than this; half a second by default. */
  readonly failureMs?: number | undefined;
  /** After this long, a login that nobody works on is taken over; 90 seconds by default. */
  readonly stalledMs?: number | undefined;
  /** How long {@link LoginGateway.close} lets pending pushes end; 10 seconds by default. */
  readonly graceMs?: number | undefined;
}

/** A gateway that listens. */
export interface LoginGateway {
  /** Where it listens, such as `http://127.0.0.1:8443`. Browsers may know it by another name. */
  readonly url: string;
  /** Stop: take nothing new, let what is pending end for a while, decide nothing. */
  close(): Promise<void>;
}

const base = '/auth';

const auditWriter = (
  { auditFile }: LoginSettings,
  onWarning: (message: string) => void,
): ((line: string) => void) => {
  if (auditFile === undefined) {
    return (line) => void process.stdout.write(line);
  }
  const stream = createWriteStream(auditFile, { flags: 'a', mode: 0o600 });
  // A full disk must not end the gateway, and with it every session.
  stream.on('error', ({ message }) => onWarning(`The audit file: ${message}`));
  return (line) => void stream.write(line);
};

const ownMessages = ({ messagesFile }: LoginSettings): Record<string, string> =>
  messagesFile === undefined ? {} : JSON.parse(readFileSync(messagesFile, 'utf8'));

const appDefaults: AppOptions = {
  headersTimeoutMs: 15_000,
  requestTimeoutMs: 120_000,
  requestsPerMinute: 240,
  logger: false,
};

/** Longer than Duo gives a push or a call. */
const followMs = 90_000;

/**
 * Start the login gateway.
 *
 * @throws what keeps it from starting: a missing package, a port in use, files that cannot be read.
 */
export const createLoginGateway = async (
  settings: LoginSettings,
  options: GatewayOptions = {},
): Promise<LoginGateway> => {
  const { now = Date.now, onWarning = () => undefined } = options;
  const store = await openStore(settings.session, now, onWarning);
  const challenges = createChallenges(store, { lifetimeMs: settings.challengeMs, now });
  const sessions = createSessions(store, settings.session, now);
  const budgets = createBudgets(store, settings.budgets);
  const isTrusted = createTrust(settings.trustedProxies);
  const writeAudit = createAuditLog(options.writeAudit ?? auditWriter(settings, onWarning), now);
  const metrics = settings.metricsListen && (await createMetrics(() => engine.waiting()));
  const audit = (entry: AuditEntry): void => {
    writeAudit(entry);
    metrics?.observe(entry);
  };
  const switches = createSwitchReader(settings.switches, settings.secondFactor, {
    onChange: ({ use2fa, requirePassword }) =>
      audit({
        event: 'switches',
        result: 'changed',
        reason: `use_2fa ${use2fa}, require_password ${requirePassword}`,
      }),
    onFailure: (message) => onWarning(`The settings in XSOAR: ${message}`),
  });
  await switches
    .refresh()
    .catch((error: Error) => onWarning(`The settings in XSOAR: ${error.message}`));
  const further =
    settings.furtherPassword && (await createPasswordFactor(settings.furtherPassword));
  const engine = createEngine({
    challenges,
    budgets,
    audit,
    now,
    duo: createDuoPort(() => new DuoClient(settings.duo), settings.brand.name),
    checkPassword: async (username, password) =>
      further !== undefined && (await further.verify({ username, password })).passed,
    observeDuo: metrics?.observeDuo,
    stalledMs: options.stalledMs ?? 90_000,
    followMs,
  });
  let isStopping = false;
  const context: GatewayContext = {
    settings,
    store,
    engine,
    challenges,
    sessions,
    budgets,
    firstFactor: await createFirstFactor(settings.firstFactor, isTrusted),
    switches: switches.current,
    audit,
    now,
    frame: {
      t: createTranslate(settings.language, ownMessages(settings)),
      language: settings.language,
      brandName: settings.brand.name,
      hasLogo: settings.brand.logoFile !== undefined,
      base,
    },
    isTrusted,
    isStopping: () => isStopping,
    failureMs: options.failureMs ?? 500,
  };
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const app = await createApp(context, { ...appDefaults, ...Object.fromEntries(given) });
  await app.listen(settings.listen);
  const closers = await Promise.all([
    metrics && settings.metricsListen && startMetricsServer(metrics, settings.metricsListen),
    settings.controlSocket === undefined
      ? undefined
      : startControlSocket(settings.controlSocket, sessions, audit),
  ]);

  const settle = async (): Promise<void> => {
    const untilMs = Date.now() + (options.graceMs ?? 10_000);
    // With a shared store another gateway takes over; in memory, this is the only one who can.
    while (!store.shared && engine.waiting() > 0 && Date.now() < untilMs) {
      await sleep(100);
    }
  };

  const { port, address } = app.server.address() as AddressInfo;
  const host = address.includes(':') ? `[${address}]` : address;
  return {
    url: `${settings.tls === undefined ? 'http' : 'https'}://${host}:${port}`,
    close: async () => {
      isStopping = true;
      await settle();
      engine.stop();
      await app.close();
      await Promise.all(closers.map((close) => close?.()));
      switches.close();
      await store.close();
    },
  };
};
