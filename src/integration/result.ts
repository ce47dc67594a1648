/** What a command writes to the context: paths, with or without a key to merge by, and values. */
export type EntryContext = Readonly<Record<string, unknown>>;

/** How the platform goes on while the user has not answered. */
export interface Poll {
  readonly command: string;
  readonly args: Readonly<Record<string, string>>;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
}

/** What a command found out, before a host makes entries of it. */
export interface CommandResult {
  /** Markdown for a person. */
  readonly readable: string;
  /** Duo's raw reply, without secrets. */
  readonly contents: unknown;
  readonly context: EntryContext;
  /** The answer is not there yet, and the platform is to run a command again. */
  readonly poll?: Poll;
}
