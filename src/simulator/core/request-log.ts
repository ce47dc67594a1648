/** What is known of a request besides its response. Filled in while it is handled. */
export interface Trace {
  /** Only the key of a known integration: any other is text that the client made up. */
  ikey: string | undefined;
  username: string | undefined;
  /** `v2/sha512`; absent when nothing was signed or no signature matched. */
  signature: string | undefined;
  /** The faults that hit it. */
  faults: readonly string[];
}

/** One request, as the log shows it. Of its parameters it holds the username alone. */
export interface LogEntry extends Readonly<Trace> {
  readonly id: number;
  /** ISO 8601, by the simulator's clock. */
  readonly time: string;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** HTTP status; 0 when no response was sent. */
  readonly status: number;
  /** `auth`, `waiting/pushed`, `40103`, `reset`. */
  readonly outcome: string;
  readonly durationMs: number;
}

/** The latest requests, oldest first. */
export class RequestLog {
  readonly #entries: LogEntry[] = [];
  #nextId = 1;

  add(entry: Omit<LogEntry, 'id'>, limit: number): LogEntry {
    const numbered = { id: this.#nextId, ...entry };
    this.#nextId += 1;
    this.#entries.push(numbered);
    if (this.#entries.length > limit) {
      this.#entries.splice(0, this.#entries.length - limit);
    }
    return numbered;
  }

  entries(): readonly LogEntry[] {
    return [...this.#entries];
  }

  clear(): void {
    this.#entries.length = 0;
  }
}
