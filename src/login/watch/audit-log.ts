import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { sanitizeText } from '../../duo/text.ts';

/** One line of the audit stream: who, from where, with what, and how it ended. */
export interface AuditEntry {
  readonly event:
    | 'first-factor'
    | 'second-factor'
    | 'sign-out'
    | 'session-ended'
    | 'unlocked'
    | 'switches'
    | 'api-key';
  readonly result: string;
  readonly user?: string | undefined;
  readonly address?: string | undefined;
  readonly factor?: string | undefined;
  readonly device?: string | undefined;
  readonly reason?: string | undefined;
}

/** Where audit entries go. */
export type AuditLog = (entry: AuditEntry) => void;

/** What an administrator should look at now: fraud, logins while Duo is away, too many pushes to one user. */
export const alarmOf = ({ result, reason }: AuditEntry): string | undefined => {
  if (result === 'fraud' || result === 'failmode') {
    return result;
  }
  return reason === 'too-many' || reason === 'failmode-limit' ? reason : undefined;
};

const longest = 256;

// JSON keeps a line a line; this keeps what a terminal or a viewer makes of it harmless as well.
const clean = (value: string): string => sanitizeText(value).slice(0, longest);

/** JSON lines. @param write takes one line with its line break. */
export const createAuditLog =
  (write: (line: string) => void, now: () => number): AuditLog =>
  (entry) => {
    const shown = Object.entries({ ...entry, alarm: alarmOf(entry) })
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, clean(String(value))]);
    write(
      `${JSON.stringify({ time: new Date(now()).toISOString(), ...Object.fromEntries(shown) })}\n`,
    );
  };

/** Takes lines of the audit log. */
export interface AuditStream {
  readonly write: (line: string) => void;
  readonly close: () => unknown;
}

/**
 * Where audit lines go: to a caller, to a file, or to standard output.
 *
 * @throws Error when the file cannot be written.
 */
export const openAuditStream = async (
  target: string | ((line: string) => void) | undefined,
  warn: (message: string) => void,
): Promise<AuditStream> => {
  if (typeof target === 'function') {
    return { write: target, close: () => undefined };
  }
  if (target === undefined) {
    return { write: (line) => void process.stdout.write(line), close: () => undefined };
  }
  const stream = createWriteStream(target, { flags: 'a', mode: 0o600 });
  await once(stream, 'open');
  // A full disk must not end the gateway, and with it every session.
  stream.on('error', ({ message }) => warn(`audit_file: ${message}`));
  return {
    write: (line) => void stream.write(line),
    close: () => new Promise((resolve) => stream.end(resolve)),
  };
};
