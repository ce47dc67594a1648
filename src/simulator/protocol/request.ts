/** Headers by name in lower case. */
export interface WireHeaders {
  readonly [name: string]: string | undefined;
  readonly authorization?: string | undefined;
  readonly date?: string | undefined;
  readonly host?: string | undefined;
}

/** A request as it came over the wire, before anything of it is believed. */
export interface WireRequest {
  readonly method: string;
  /** Without the query, exactly as sent. */
  readonly path: string;
  /** What follows the question mark, exactly as sent; empty when there is none. */
  readonly query: string;
  readonly headers: WireHeaders;
  readonly body: Buffer;
}

/** Splits a request target. An absolute URI (a proxy's form) loses its scheme and authority. */
export const splitTarget = (target: string): { path: string; query: string } => {
  const origin = target.replace(/^https?:\/\/[^/?]*/i, '');
  const mark = origin.indexOf('?');
  if (mark === -1) {
    return { path: origin || '/', query: '' };
  }
  return { path: origin.slice(0, mark) || '/', query: origin.slice(mark + 1) };
};
