import { ProtocolError } from './error-codes.ts';
import { type Pair, parseForm } from './percent.ts';
import type { WireRequest } from './request.ts';

/** How a request carries its parameters. `undefined` pairs: the text cannot be read as such. */
export type RequestBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'form'; readonly pairs: readonly Pair[] | undefined }
  | { readonly kind: 'json'; readonly pairs: readonly Pair[] | undefined };

/** Methods that carry their parameters in the query. */
export const isQueryMethod = (method: string): boolean => method === 'GET' || method === 'DELETE';

const isScalar = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

/** A JSON object of scalars, as text. `null` stands for no parameters: Go's client sends it. */
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
 * @throws ProtocolError 40106 for a type that the API does not take.
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
