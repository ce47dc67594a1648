/** What a log line says, besides its words. Never a secret, an argument or a text of Duo's. */
export type LogFields = Readonly<Record<string, string | number>>;

type Log = (message: string, fields?: LogFields) => void;

/** Takes log lines: `console` is one, and most logging libraries are. */
export interface Logger {
  /** Each request: its name, endpoint, attempt, HTTP status or failure, and milliseconds. */
  readonly debug: Log;
  /** What goes on, but should be looked at: a repeat, a wrong clock, a check that is off. */
  readonly warn: Log;
}

/** Takes log lines and forgets them. */
export const silentLogger: Logger = { debug: () => undefined, warn: () => undefined };
