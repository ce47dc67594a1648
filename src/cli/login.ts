import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { ListedSession, LoginSettings } from '../login/index.ts';
import { aborted, type CliContext } from './cli-context.ts';
import { type ExitCode, exitCodes, UsageError } from './errors.ts';

/** What to do with the login gateway. */
export interface LoginCommandOptions {
  /** A YAML file. */
  readonly config: string;
  readonly check?: boolean | undefined;
  readonly sessions?: boolean | undefined;
  /** The listed name of a session to end. */
  readonly end?: string | undefined;
  readonly endUser?: string | undefined;
  /** A user whom a report of fraud has locked. */
  readonly unlock?: string | undefined;
  /** Print JSON lines: where it listens, with the audit stream on stderr, or the sessions. */
  readonly json?: boolean | undefined;
}

const usageErrors = ['LoginSettingsError', 'LoginStartError', 'SessionsOutOfReachError'];

const orUsageError = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && usageErrors.includes(error.name)) {
      throw new UsageError(error.message);
    }
    throw error;
  }
};

const readSettings = async (config: string, { env }: CliContext): Promise<LoginSettings> => {
  const { loadSettings } = await import('../login/index.ts');
  let yaml: string;
  try {
    yaml = readFileSync(config, 'utf8');
  } catch {
    throw new UsageError(`The file ${config} cannot be read.`);
  }
  return loadSettings(yaml, {
    env,
    folder: dirname(resolve(config)),
    readFile: (path) => readFileSync(path, 'utf8'),
  });
};

const check = async (settings: LoginSettings, { stdout }: CliContext): Promise<ExitCode> => {
  const { checkLoginSettings } = await import('../login/index.ts');
  const results = await checkLoginSettings(settings);
  for (const { name, passed, text } of results) {
    stdout.write(`${passed ? 'ok  ' : 'FAIL'}  ${name}: ${text}\n`);
  }
  return results.every(({ passed }) => passed) ? exitCodes.done : exitCodes.failed;
};

const minutesSince = (ms: number, nowMs: number): string =>
  `${Math.round((nowMs - ms) / 60_000)} min`;

const sessionLine = (session: ListedSession, nowMs: number): string => {
  const { name, username, address, by, startedAtMs, seenAtMs } = session;
  const ages = `${minutesSince(startedAtMs, nowMs)} old, idle ${minutesSince(seenAtMs, nowMs)}`;
  return `${name}  ${username}  ${address}  ${by}  ${ages}`;
};

const manageSessions = async (
  settings: LoginSettings,
  { end, endUser, unlock, json }: LoginCommandOptions,
  { stdout, stderr, now }: CliContext,
): Promise<ExitCode> => {
  const { openSessionAdmin } = await import('../login/index.ts');
  const admin = await openSessionAdmin(settings, (text) => void stderr.write(text));
  const writeEnded = (ended: number): void => {
    stdout.write(json ? `${JSON.stringify({ ended })}\n` : `${ended} ended\n`);
  };
  try {
    if (unlock !== undefined) {
      const unlocked = await admin.unlock(unlock);
      const text = unlocked > 0 ? `${unlock} is unlocked` : `${unlock} was not locked`;
      stdout.write(json ? `${JSON.stringify({ unlocked })}\n` : `${text}\n`);
    } else if (end !== undefined) {
      writeEnded(await admin.endNamed(end));
    } else if (endUser !== undefined) {
      writeEnded(await admin.endAllOf(endUser));
    } else {
      const listed = await admin.list();
      const lines = listed.map((one) => (json ? JSON.stringify(one) : sessionLine(one, now())));
      stdout.write(lines.map((text) => `${text}\n`).join(''));
    }
    return exitCodes.done;
  } finally {
    await admin.close();
  }
};

const serve = async (
  settings: LoginSettings,
  { json = false }: LoginCommandOptions,
  { stdout, stderr, signal }: CliContext,
): Promise<ExitCode> => {
  const { createLoginGateway } = await import('../login/index.ts');
  const gateway = await createLoginGateway(settings, {
    // With --json, standard output holds one line, and the audit stream goes to the other.
    writeAudit:
      settings.auditFile === undefined
        ? (text) => void (json ? stderr : stdout).write(text)
        : undefined,
    onWarning: (message) => stderr.write(`${message}\n`),
    logger: { level: 'warn', stream: stderr },
  });
  if (json) {
    stdout.write(`${JSON.stringify({ url: gateway.url })}\n`);
  } else {
    // Standard output is the audit stream: JSON lines and nothing else.
    stderr.write(`The login gateway listens at ${gateway.url}, for ${settings.publicOrigin}.\n`);
  }
  await aborted(signal);
  await gateway.close();
  return exitCodes.done;
};

/** Run the login gateway, check its settings, or manage its sessions. */
export const login = (options: LoginCommandOptions, context: CliContext): Promise<ExitCode> =>
  orUsageError(async () => {
    const settings = await readSettings(options.config, context);
    if (options.check) {
      return check(settings, context);
    }
    const { sessions, end, endUser, unlock } = options;
    return sessions || [end, endUser, unlock].some((one) => one !== undefined)
      ? manageSessions(settings, options, context)
      : serve(settings, options, context);
  });
