import { ProtocolError } from '../core/error-codes.ts';
import type { RecordedExchange, WireRequest, WireResponse } from '../core/exchange.ts';

/** Splits a request target. An absolute URI, as sent to a proxy, loses its scheme and authority. */
export const splitTarget = (target: string): { path: string; query: string } => {
  const origin = target.replace(/^https?:\/\/[^/?]*/i, '');
  const mark = origin.indexOf('?');
  if (mark === -1) {
    return { path: origin || '/', query: '' };
  }
  return { path: origin.slice(0, mark) || '/', query: origin.slice(mark + 1) };
};

const reservedButNotEncoded = /[!'()*]/g;

const escapeByte = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

/** RFC 3986: every byte but letters, digits and `-._~` becomes `%XX`. */
export const percentEncode = (text: string): string =>
  encodeURIComponent(text).replace(reservedButNotEncoded, escapeByte);

/** Decodes a name or value of a form or query; `undefined` when an escape is broken. */
const formDecode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
};

/** A name and its value. Lists of pairs keep names that are repeated. */
export type Pair = readonly [name: string, value: string];

/** Reads `a=1&b=2`; `undefined` when an escape is broken or is not UTF-8. */
export const parseForm = (text: string): Pair[] | undefined => {
  const pairs: Pair[] = [];
  for (const part of text.split('&')) {
    if (part === '') {
      continue;
    }
    const equals = part.indexOf('=');
    const name = formDecode(equals === -1 ? part : part.slice(0, equals));
    const value = formDecode(equals === -1 ? '' : part.slice(equals + 1));
    if (name === undefined || value === undefined) {
      return undefined;
    }
    pairs.push([name, value]);
  }
  return pairs;
};

/** The parameters in a body. `pairs` is `undefined` when the text does not parse. */
export type RequestBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'form'; readonly pairs: readonly Pair[] | undefined }
  | { readonly kind: 'json'; readonly pairs: readonly Pair[] | undefined };

/** Methods that carry their parameters in the query. */
export const isQueryMethod = (method: string): boolean => method === 'GET' || method === 'DELETE';

const isScalar = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

/** Reads a JSON object of scalars. Go's client sends `null` for no parameters. */
const parseJson = (text: string): Pair[] | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (value === null) {
    return [];
  }
  if (typeof value !== 'object' || Array.isArray(value)) {
    return undefined;
  }
  const entries = Object.entries(value).filter(([, item]) => item !== null);
  if (!entries.every(([, item]) => isScalar(item))) {
    return undefined;
  }
  return entries.map(([name, item]) => [name, String(item)]);
};

/**
 * Reads the body by its content type.
 *
 * @throws ProtocolError 40106 for an unsupported type.
 */
export const readBody = (request: WireRequest): RequestBody => {
  if (isQueryMethod(request.method)) {
    return { kind: 'none' };
  }
  const contentType = request.headers['content-type'];
  if (contentType === undefined && request.body.length === 0) {
    return { kind: 'none' };
  }
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase();
  const text = request.body.toString('utf8');
  if (type === 'application/x-www-form-urlencoded') {
    return { kind: 'form', pairs: parseForm(text) };
  }
  if (type === 'application/json') {
    return { kind: 'json', pairs: parseJson(text) };
  }
  throw new ProtocolError(40106);
};

/** The parameters of the body, or else of the query, signed or not; none if they do not parse. */
export const unverifiedParameters = (request: WireRequest): ReadonlyMap<string, string> => {
  const isJson = request.headers['content-type']?.toLowerCase().startsWith('application/json');
  const text = request.body.toString('utf8') || request.query;
  return new Map(isJson ? parseJson(text) : parseForm(text));
};

/** What a recording keeps of an exchange. */
export const recordExchange = (request: WireRequest, response: WireResponse): RecordedExchange => {
  const contentType = response.headers['content-type'] ?? '';
  return {
    method: request.method,
    path: request.path,
    params: Object.fromEntries(unverifiedParameters(request)),
    status: response.status,
    contentType,
    body: response.body.toString(contentType.startsWith('image/') ? 'base64' : 'utf8'),
  };
};

/** The signed parameters of a request. An empty value counts as absent. */
export class Parameters {
  readonly #values = new Map<string, string>();
  readonly #repeated = new Set<string>();

  constructor(pairs: readonly Pair[]) {
    for (const [name, value] of pairs) {
      if (this.#values.has(name)) {
        this.#repeated.add(name);
      }
      this.#values.set(name, value);
    }
  }

  /** @throws ProtocolError 40002 when the name is repeated. */
  get(name: string): string | undefined {
    if (this.#repeated.has(name)) {
      throw new ProtocolError(40002, name);
    }
    return this.#values.get(name) || undefined;
  }

  /** All parameters, in the form of a recording. */
  toObject(): Record<string, string> {
    return Object.fromEntries(this.#values);
  }

  /** @throws ProtocolError 40001 when it is absent. */
  require(name: string): string {
    const value = this.get(name);
    if (value === undefined) {
      throw new ProtocolError(40001, name);
    }
    return value;
  }

  /**
   * A flag that clients send as `1`, `0` or not at all.
   *
   * @throws ProtocolError 40002 for anything else.
   */
  flag(name: string): boolean {
    const value = this.get(name)?.toLowerCase();
    if (value === '1' || value === 'true') {
      return true;
    }
    if (value === undefined || value === '0' || value === 'false') {
      return false;
    }
    throw new ProtocolError(40002, name);
  }

  /** @throws ProtocolError 40002 when it is not a whole number in this range. */
  wholeNumber(name: string, minimum: number, maximum: number): number | undefined {
    const text = this.get(name);
    if (text === undefined) {
      return undefined;
    }
    const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= minimum && value <= maximum)) {
      throw new ProtocolError(40002, name);
    }
    return value;
  }
}
