/** What `http()` takes beside the address. */
export interface HttpRequest {
  readonly Method: 'GET' | 'POST';
  readonly Headers: Readonly<Record<string, readonly string[]>>;
  readonly Body?: string;
}

/**
 * The server's synchronous HTTP client. Its fifth and sixth parameters are not documented and stay
 * unused.
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

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

// What servers call a platform on which scripts have been seen to schedule commands.
const schedulingPlatforms: readonly unknown[] = ['x2', 'unified_platform'];

/**
 * Does this server run a JavaScript command again when its entry asks for that? Shipped content
 * (DemistoLock, Sleep) relies on it from version 8 on and on the newer platforms; nothing is
 * documented, so every other server is taken for one that does not.
 */
export const canSchedule = (version: unknown): boolean => {
  if (!isObject(version)) {
    return false;
  }
  const major = Number.parseInt(String(version['version']), 10);
  return major >= 8 || schedulingPlatforms.includes(version['platform']);
};
