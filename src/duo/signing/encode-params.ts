import { BadArgumentError } from '../errors/bad-argument-error.ts';
import { isWellFormed } from '../is-well-formed.ts';

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
