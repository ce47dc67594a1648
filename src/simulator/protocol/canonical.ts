import { createHash } from 'node:crypto';
import { type Pair, percentEncode } from './percent.ts';

/** The signature versions that this service can tell apart by trying them. */
export type SignatureVersion = 1 | 2 | 4 | 5;

/** What goes into a canonical string, already in the form in which it is signed. */
export interface SignedParts {
  readonly date: string;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly params: readonly Pair[];
  readonly body: Buffer;
  /** The `X-Duo-*` headers, names in lower case. Version 5 signs them. */
  readonly duoHeaders: readonly Pair[];
}

const sha512 = (data: string | Buffer): string => createHash('sha512').update(data).digest('hex');

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** Parameters as they are signed: encoded, then sorted by name and, for a repeated name, by value. */
const canonicalParams = (params: readonly Pair[]): string => {
  return params
    .map(([name, value]): Pair => [percentEncode(name), percentEncode(value)])
    .sort((left, right) => compare(left[0], right[0]) || compare(left[1], right[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
};

const headerHash = (headers: readonly Pair[]): string => {
  const sorted = [...headers].sort((left, right) => compare(left[0], right[0]));
  return sha512(sorted.flat().join('\0'));
};

/** The text that a version signs. */
export const canonicalString = (version: SignatureVersion, parts: SignedParts): string => {
  const { date, method, host, path, params, body, duoHeaders } = parts;
  const request = [method, host, path, canonicalParams(params)];
  switch (version) {
    case 1:
      return request.join('\n');
    case 2:
      return [date, ...request].join('\n');
    case 4:
      return [date, ...request, sha512(body)].join('\n');
    case 5:
      return [date, ...request, sha512(body), headerHash(duoHeaders)].join('\n');
    default:
      return version satisfies never;
  }
};
