import { BadArgumentError } from '../errors/input-errors.ts';
import { isWellFormed } from '../text.ts';

/** Parameters of a request; a list stands for a repeated key. */
export type Params = Readonly<Record<string, string | readonly string[]>>;

// RFC 3986 leaves only letters, digits and -._~ bare; encodeURIComponent leaves these as well.
const leftBare = /[!'()*]/g;

const hexOf = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

/**
 * Percent-encode as RFC 3986 has it: UTF-8, upper-case hex, a space as `%20`.
 *
 * @throws URIError when the text holds half of a surrogate pair.
 */
export const percentEncode = (text: string): string =>
  encodeURIComponent(text).replace(leftBare, hexOf);

/**
 * Encode pairs in the order given, as `a=1&b=2`.
 *
 * @throws {@link BadArgumentError} naming the parameter that is not well-formed Unicode.
 */
export const encodePairs = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.map(([name, value]) => encodePair(name, value).join('=')).join('&');

const encodePair = (name: string, value: string): [string, string] => {
  if (!isWellFormed(name) || !isWellFormed(value)) {
    throw new BadArgumentError('the request', [{ name, rule: 'is not well-formed Unicode text' }]);
  }
  return [percentEncode(name), percentEncode(value)];
};

const inByteOrder = (left: string, right: string): number =>
  left < right ? -1 : Number(left > right);

/**
 * The canonical parameters: encoded, then sorted by key and, for a repeated key, by value. The same
 * text serves as query and as form body, so what is signed is what is sent.
 */
export const encodeParams = (params: Params): string => {
  const encoded: [string, string][] = [];
  for (const [name, value] of Object.entries(params)) {
    for (const one of typeof value === 'string' ? [value] : value) {
      encoded.push(encodePair(name, one));
    }
  }
  return encoded
    .sort((a, b) => inByteOrder(a[0], b[0]) || inByteOrder(a[1], b[1]))
    .map((pair) => pair.join('='))
    .join('&');
};

/** The parts of a request that are signed. */
export interface RequestToSign {
  /** GET, POST and the like; signed in upper case. */
  readonly method: string;
  /** The API hostname; signed in lower case. */
  readonly host: string;
  /** The path as sent, without the query. */
  readonly path: string;
  /** Query or form parameters. Version 5 signs them for requests without a body only. */
  readonly params?: Params;
  /** The exact text of the date header. */
  readonly date: string;
  /** The exact body. Signed by version 5 only. */
  readonly body?: string;
  /** The `X-Duo-*` headers sent. Signed by version 5 only. */
  readonly headers?: Readonly<Record<string, string>>;
  /** 2 (the default) or 5. */
  readonly version?: 2 | 5;
}

const methodsWithBody = ['POST', 'PUT', 'PATCH'];

const joinHeaders = (headers: Readonly<Record<string, string>>): string => {
  const byName = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (!lower.startsWith('x-duo-')) {
      throw new TypeError(`header ${name}: only X-Duo-* headers are signed`);
    }
    if (byName.has(lower)) {
      throw new TypeError(`header ${name}: given twice`);
    }
    if (lower.includes('\0') || value.includes('\0')) {
      throw new TypeError(`header ${lower.split('\0').join('')}: holds a NUL character`);
    }
    byName.set(lower, value);
  }
  return [...byName.keys()]
    .sort()
    .map((name) => `${name}\0${byName.get(name)}`)
    .join('\0');
};

/**
 * The text that is signed. Version 2: date, method, host, path and parameters, a line each. Version 5
 * adds the SHA-512 of the body and of the `X-Duo-*` headers.
 *
 * @throws TypeError when a header is not an `X-Duo-*` header, stands twice or holds a NUL.
 */
export const canonicalize = (request: RequestToSign, sha512: (text: string) => string): string => {
  const method = request.method.toUpperCase();
  const lines = [request.date, method, request.host.toLowerCase(), request.path];
  if ((request.version ?? 2) === 2) {
    return [...lines, encodeParams(request.params ?? {})].join('\n');
  }
  const params = methodsWithBody.includes(method) ? '' : encodeParams(request.params ?? {});
  return [
    ...lines,
    params,
    sha512(request.body ?? ''),
    sha512(joinHeaders(request.headers ?? {})),
  ].join('\n');
};
