import type { Exchange, WireRequest, WireResponse } from './exchange.ts';

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
  /** Whether the response is still to come, as during a long poll. */
  readonly isOpen: boolean;
  /** HTTP status; 0 when no response was sent. */
  readonly status: number;
  /** `auth`, `waiting/pushed`, `40103`, `reset`, and `in progress` until then. */
  readonly outcome: string;
  readonly durationMs: number;
}

/** How a request ended. */
export interface LogEnd {
  readonly status: number;
  readonly outcome: string;
  readonly durationMs: number;
}

interface Slot {
  entry: LogEntry;
  revision: number;
}

const keptExchanges = 200;
const longestKeptBody = 65_536;

/** The latest requests, oldest first, and the full exchanges of the last two hundred. */
export class RequestLog {
  #slots: Slot[] = [];
  readonly #exchanges = new Map<number, Exchange>();
  #nextId = 1;
  #revision = 0;

  /** Increases with every request, and when one ends. */
  get revision(): number {
    return this.#revision;
  }

  /** Logs a request when it arrives. */
  open(
    entry: Omit<LogEntry, 'id' | 'isOpen' | keyof LogEnd>,
    request: WireRequest,
    limit: number,
  ): LogEntry {
    const opened: LogEntry = {
      id: this.#nextId,
      ...entry,
      isOpen: true,
      status: 0,
      outcome: 'in progress',
      durationMs: 0,
    };
    this.#nextId += 1;
    this.#revision += 1;
    this.#slots.push({ entry: opened, revision: this.#revision });
    if (this.#slots.length > limit) {
      this.#slots.splice(0, this.#slots.length - limit);
    }
    this.#exchanges.delete(opened.id - keptExchanges);
    if (request.body.length <= longestKeptBody) {
      this.#exchanges.set(opened.id, { request });
    }
    return opened;
  }

  /** Completes an entry. */
  close(opened: LogEntry, end: LogEnd, response?: WireResponse): LogEntry {
    const entry: LogEntry = { ...opened, ...end, isOpen: false };
    const slot = this.#slots.find((one) => one.entry === opened);
    this.#revision += 1;
    if (slot) {
      slot.entry = entry;
      slot.revision = this.#revision;
    }
    const exchange = this.#exchanges.get(entry.id);
    if (exchange && response) {
      this.#exchanges.set(entry.id, { ...exchange, response });
    }
    return entry;
  }

  entries(): readonly LogEntry[] {
    return this.#slots.map(({ entry }) => entry);
  }

  /** The entries that are new or changed since a revision. */
  changedSince(revision: number): readonly LogEntry[] {
    return this.#slots.filter((slot) => slot.revision > revision).map(({ entry }) => entry);
  }

  entry(id: number): LogEntry | undefined {
    return this.#slots.find(({ entry }) => entry.id === id)?.entry;
  }

  /** The full exchange of an entry; `undefined` when it is too old, or its body too long. */
  exchange(id: number): Exchange | undefined {
    return this.#exchanges.get(id);
  }

  clear(): void {
    this.#slots = [];
    this.#exchanges.clear();
  }
}
