import { sanitizeText } from '../../duo/text.ts';

/** One line of the audit stream: who, from where, with what, and how it ended. */
export interface AuditEntry {
  readonly event:
    | 'first-factor'
    | 'second-factor'
    | 'sign-out'
    | 'session-ended'
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

const longest = 256;

// JSON keeps a line a line; this keeps what a terminal or a viewer makes of it harmless as well.
const clean = (value: string): string => sanitizeText(value).slice(0, longest);

/** JSON lines. @param write takes one line with its line break. */
export const createAuditLog =
  (write: (line: string) => void, now: () => number): AuditLog =>
  (entry) => {
    const shown = Object.entries(entry)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, clean(String(value))]);
    write(
      `${JSON.stringify({ time: new Date(now()).toISOString(), ...Object.fromEntries(shown) })}\n`,
    );
  };
