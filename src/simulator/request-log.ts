/** One request, as the log shows it. It holds no parameter but the user's name. */
export interface LogEntry {
  readonly id: number;
  /** ISO 8601, by the simulator's clock. */
  readonly time: string;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly ikey: string | undefined;
  readonly username: string | undefined;
  /** `v2/sha512`; absent when nothing was signed or nothing fitted. */
  readonly signature: string | undefined;
  /** HTTP status; 0 when no answer was sent. */
  readonly status: number;
  /** `auth`, `waiting/pushed`, `40103`, `reset`. */
  readonly outcome: string;
  readonly durationMs: number;
  /** The faults that hit it. */
  readonly faults: readonly string[];
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
