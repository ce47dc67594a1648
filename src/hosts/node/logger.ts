/** What a log line says, besides its words. Never a secret, an argument or a text of Duo's. */
export type LogFields = Readonly<Record<string, string | number>>;

/** Writes a line. */
export type Log = (message: string, fields?: LogFields) => void;

/** Takes log lines: `console` is one, and most logging libraries are. */
export interface Logger {
  /** Each request: its name, endpoint, attempt, HTTP status or failure, and milliseconds. */
  readonly debug: Log;
  /** What goes on, but should be looked at: a retry, a wrong clock, a check that is off. */
  readonly warn: Log;
}

const safe =
  (log: Log): Log =>
  (...line) => {
    try {
      log(...line);
    } catch {
      // A log that cannot be written says nothing of the call, which goes on.
    }
  };

/** A logger that never throws; `undefined` without one, so that no fields are built. */
export const toSafeLogger = (logger: Logger | undefined): Logger | undefined =>
  logger && {
    debug: safe((...line) => logger.debug(...line)),
    warn: safe((...line) => logger.warn(...line)),
  };
