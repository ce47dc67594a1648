import { randomUUID } from 'node:crypto';
import axios from 'axios';
import { DuoError, explain } from '../duo/errors/duo-error.ts';
import { DuoClient } from '../hosts/node/duo-client.ts';
import { createFirstFactor, createPasswordFactor } from './first-factor/create-first-factor.ts';
import { createLoginGateway } from './gateway.ts';
import { LoginStartError } from './resources.ts';
import { createSwitchReader } from './second-factor/switches.ts';
import { createRangeCheck } from './server/addresses.ts';
import { createApiKeys } from './server/api-keys.ts';
import { parseUrl } from './settings/fields.ts';
import type { LoginSettings } from './settings/settings.ts';
import { openStore } from './store/redis-store.ts';

/** One thing that was tried. */
export interface CheckResult {
  readonly name: string;
  readonly passed: boolean;
  /** What was found, or what is wrong and what to do. */
  readonly text: string;
}

/** A little less than Duo's five minutes, so that there is time to act. */
const skewAtMostSeconds = 240;

const checkDuo = async ({ duo }: LoginSettings): Promise<string> => {
  const client = new DuoClient(duo);
  try {
    const { time } = await client.ping();
    const skewSeconds = Math.round((Date.now() - time.getTime()) / 1000);
    if (Math.abs(skewSeconds) > skewAtMostSeconds) {
      throw new Error(`This machine's clock is ${skewSeconds} s away from Duo's: set it.`);
    }
    await client.check();
    return 'Duo answers and takes the keys';
  } finally {
    client.close();
  }
};

const checkStore = async (settings: LoginSettings): Promise<string> => {
  let trouble = '';
  const store = await openStore(settings.session, Date.now, (message) => {
    trouble = message;
  });
  try {
    await store.set('check', '1', 1_000);
    await store.delete('check');
  } catch {
    throw new Error(`Sessions cannot be stored. ${trouble}`.trim());
  } finally {
    await store.close();
  }
  return store.shared
    ? 'sessions are kept in Redis'
    : 'sessions are kept in memory: a restart signs all users out';
};

const checkSwitches = async ({ switches, secondFactor }: LoginSettings): Promise<string> => {
  const reader = createSwitchReader(switches, secondFactor, {
    onChange: () => undefined,
    onFailure: () => undefined,
  });
  try {
    await reader.refresh();
    const { use2fa, requirePassword } = reader.current();
    return `use_2fa is ${use2fa ? 'on' : 'off'}, require_password is ${requirePassword ? 'on' : 'off'}`;
  } finally {
    reader.close();
  }
};

/** A safe account that the first factor does not know cannot sign in when it is needed. */
const checkSafeAccounts = async ({
  firstFactor: settings,
  secondFactor: { safeAccounts },
  trustedProxies,
}: LoginSettings): Promise<string> => {
  if (safeAccounts.length === 0) {
    return 'none are named';
  }
  const factor = await createFirstFactor(settings, createRangeCheck(trustedProxies));
  const knows = factor.kind === 'password' ? factor.knows : undefined;
  if (knows === undefined) {
    return `only a login can tell whether these exist: ${safeAccounts.join(', ')}`;
  }
  const known = await Promise.all(safeAccounts.map((name) => knows(name)));
  const absent = safeAccounts.filter((_name, index) => known[index] !== true);
  if (absent.length > 0) {
    throw new Error(`The first factor does not know, exactly as written: ${absent.join(', ')}`);
  }
  return `the first factor knows ${safeAccounts.join(', ')}`;
};

const proxyTimeoutMs = 5_000;

const unauthorized: readonly (readonly [
  what: string,
  headers: Readonly<Record<string, string>>,
])[] = [
  ['to a request without a session', {}],
  ['to a key that no one has', { Authorization: randomUUID() }],
  ['to a header that names a user', { 'Remote-User': 'root' }],
];

/**
 * The proxy in front, as browsers reach it. While a gateway runs, its login is there, and what has no
 * session and no key of the server's gets nothing else.
 */
const checkProxy = async ({ publicOrigin, listen }: LoginSettings): Promise<string> => {
  const { port, protocol } = parseUrl(publicOrigin) ?? { port: '', protocol: '' };
  if (Number(port || (protocol === 'https:' ? 443 : 80)) === listen.port) {
    return 'none: browsers reach the gateway itself';
  }
  const http = axios.create({
    baseURL: publicOrigin,
    timeout: proxyTimeoutMs,
    maxRedirects: 0,
    proxy: false,
    responseType: 'text',
    headers: { Accept: 'application/json' },
    validateStatus: () => true,
  });
  let login: { readonly status: number; readonly data: unknown };
  try {
    login = await http.get('/auth/login');
  } catch (error) {
    const { code = 'unknown' } = error as { readonly code?: string };
    return `${publicOrigin} cannot be reached from here (${code}), so it was not tried`;
  }
  if (login.status !== 200 || !String(login.data).includes('data-base="/auth"')) {
    throw new Error(
      `${publicOrigin}/auth/login answers ${login.status}, and not with the page of this gateway.`,
    );
  }
  for (const [what, headers] of unauthorized) {
    const { status } = await http.get('/', { headers });
    if (status !== 401) {
      throw new Error(
        `${publicOrigin}/ answers ${status} instead of 401 ${what}: it does not ask the gateway.`,
      );
    }
  }
  return `${publicOrigin} has the login, and passes nothing without one`;
};

/** A key that no one has must be refused, or any would pass. */
const checkApiKeys = async ({ apiKeys }: LoginSettings): Promise<string> => {
  if (apiKeys === undefined) {
    return 'none passes';
  }
  const answer = await createApiKeys(apiKeys, Date.now).confirm(randomUUID());
  if (answer.kind !== 'refused') {
    throw new Error(
      answer.kind === 'unavailable'
        ? answer.reason
        : 'The server confirms a key that it never gave.',
    );
  }
  return 'the XSOAR server answers and refuses an unknown key';
};

const explained = (error: unknown): string => {
  if (error instanceof DuoError) {
    return explain(error);
  }
  if (!(error instanceof Error)) {
    return String(error);
  }
  const { message, cause } = error;
  return cause instanceof Error ? `${message} ${cause.message}` : message;
};

/** Try one thing, and explain what does not work. */
const tryOut = async (name: string, work: () => Promise<string>): Promise<CheckResult> => {
  try {
    return { name, passed: true, text: await work() };
  } catch (error) {
    return { name, passed: false, text: explained(error) };
  }
};

/** What a start does, a look at it through the proxy, and its end. */
const checkStart = async (settings: LoginSettings): Promise<readonly CheckResult[]> => {
  const warnings: string[] = [];
  const tryProxy = () => tryOut('Proxy', () => checkProxy(settings));
  try {
    const gateway = await createLoginGateway(settings, {
      graceMs: 0,
      onWarning: (message) => warnings.push(message),
      // Standard output is for the results; a file that is named is opened, as at a start.
      ...(settings.auditFile === undefined && { writeAudit: () => undefined }),
    });
    const proxy = await tryProxy();
    await gateway.close();
    const text = ['files, packages and ports are available', ...warnings].join('. Warning: ');
    return [{ name: 'Start', passed: true, text }, proxy];
  } catch (error) {
    if (!(error instanceof LoginStartError)) {
      throw error;
    }
    const { faults } = error;
    const results = faults.map(({ name, rule }) => ({
      name: 'Start',
      passed: false,
      text: `${name}: ${rule}`,
    }));
    // The port is taken, perhaps by a gateway that runs.
    return faults.some(({ name }) => name === 'listen') ? [...results, await tryProxy()] : results;
  }
};

/**
 * Try all that the settings name, and explain what does not work: first a start, with everything that one
 * acquires, then each service. No user is asked to approve.
 */
export const checkLoginSettings = async (
  settings: LoginSettings,
): Promise<readonly CheckResult[]> => {
  const { firstFactor, furtherPassword, trustedProxies } = settings;
  const tried: readonly (readonly [string, () => Promise<string>])[] = [
    ['Duo', () => checkDuo(settings)],
    [
      'First factor',
      async () => (await createFirstFactor(firstFactor, createRangeCheck(trustedProxies))).check(),
    ],
    ['Safe accounts', () => checkSafeAccounts(settings)],
    ...(furtherPassword === undefined
      ? []
      : [
          [
            'Further password',
            async () => (await createPasswordFactor(furtherPassword)).check(),
          ] as const,
        ]),
    ['API keys', () => checkApiKeys(settings)],
    ['Switches', () => checkSwitches(settings)],
    ['Session store', () => checkStore(settings)],
  ];
  const services = tried.map(([name, work]) => tryOut(name, work));
  return [...(await checkStart(settings)), ...(await Promise.all(services))];
};
