/** Headers by name in lower case. */
export interface WireHeaders {
  readonly [name: string]: string | undefined;
  readonly authorization?: string | undefined;
  readonly date?: string | undefined;
  readonly host?: string | undefined;
}

/** A request as it comes over the wire. */
export interface WireRequest {
  readonly method: string;
  /** Without the query, exactly as sent. */
  readonly path: string;
  /** The query without its question mark, exactly as sent; empty when there is none. */
  readonly query: string;
  readonly headers: WireHeaders;
  readonly body: Buffer;
}

/** A response as it goes over the wire. */
export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** For the log: `auth`, `waiting/pushed`, `40103`. */
  readonly outcome: string;
  /** Half of the body, then the end of the connection. */
  readonly isTruncated?: boolean;
  /** The server encodes the JSON in `body` as BSON. */
  readonly isBson?: boolean;
}

/** A request with its response, which is absent until it is sent. */
export interface Exchange {
  readonly request: WireRequest;
  readonly response?: WireResponse;
}

/** A request and response in a recording. It contains no key and no signature. */
export interface RecordedExchange {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly status: number;
  readonly contentType: string;
  /** The body; an image is in Base64. */
  readonly body: string;
}

const keyOf = (method: string, path: string, params: Readonly<Record<string, string>>): string =>
  JSON.stringify([
    method,
    path,
    Object.entries(params).sort(([left], [right]) => (left < right ? -1 : 1)),
  ]);

/** Responds from a recording: equal requests get their recorded responses in order, then the last again. */
export class Replay {
  readonly #byKey = new Map<string, RecordedExchange[]>();

  constructor(exchanges: readonly RecordedExchange[]) {
    for (const exchange of exchanges) {
      const key = keyOf(exchange.method, exchange.path, exchange.params);
      this.#byKey.set(key, [...(this.#byKey.get(key) ?? []), exchange]);
    }
  }

  /** The next recorded response to such a request; `undefined` when there is none. */
  next(
    method: string,
    path: string,
    params: Readonly<Record<string, string>>,
  ): RecordedExchange | undefined {
    const recorded = this.#byKey.get(keyOf(method, path, params)) ?? [];
    return recorded.length > 1 ? recorded.shift() : recorded[0];
  }
}
