/** What `http()` takes beside the address. */
export interface HttpRequest {
  readonly Method: 'GET' | 'POST';
  readonly Headers: Readonly<Record<string, readonly string[]>>;
  readonly Body?: string;
}

/**
 * The server's synchronous HTTP client. What stands at the fifth and sixth place is not documented
 * and goes unused.
 */
export type Http = (
  url: string,
  request: HttpRequest,
  insecure: boolean,
  proxy: boolean,
  fifth: undefined,
  sixth: undefined,
  timeoutMs: number,
) => unknown;

/** What the server gives a script, gathered in one place so that nothing else reads globals. */
export interface Server {
  readonly command: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly args: Readonly<Record<string, unknown>>;
  readonly http: Http;
  /** Holds the script up for so many seconds. */
  readonly wait: (seconds: number) => void;
  /** Writes to the debug log of the server. */
  readonly logDebug: (text: string) => void;
  /** The server's version, as it describes itself. */
  readonly version: unknown;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
