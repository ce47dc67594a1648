import { createHash } from 'node:crypto';
import { type Pair, percentEncode } from './request.ts';

/** The signature versions of Duo's clients. Version 3 was withdrawn. */
export type SignatureVersion = 1 | 2 | 4 | 5;

/** What a client signs. */
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

/** One line of a canonical string. */
export interface CanonicalLine {
  readonly name: 'date' | 'method' | 'host' | 'path' | 'parameters' | 'body hash' | 'header hash';
  readonly text: string;
}

const sha512 = (data: string | Buffer): string => createHash('sha512').update(data).digest('hex');

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** Parameters as they are signed: encoded, then sorted by name and, for a repeated name, by value. */
const canonicalParams = (params: readonly Pair[]): string =>
  params
    .map(([name, value]): Pair => [percentEncode(name), percentEncode(value)])
    .sort((left, right) => compare(left[0], right[0]) || compare(left[1], right[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');

const headerHash = (headers: readonly Pair[]): string => {
  const sorted = [...headers].sort((left, right) => compare(left[0], right[0]));
  return sha512(sorted.flat().join('\0'));
};

/**
 * The lines that a version signs, joined by a line feed each.
 *
 * @see Duo Auth API, "API Details", "Authentication": https://duo.com/docs/authapi#authentication
 */
export const canonicalLines = (version: SignatureVersion, parts: SignedParts): CanonicalLine[] => {
  const date: CanonicalLine = { name: 'date', text: parts.date };
  const request: CanonicalLine[] = [
    { name: 'method', text: parts.method },
    { name: 'host', text: parts.host },
    { name: 'path', text: parts.path },
    { name: 'parameters', text: canonicalParams(parts.params) },
  ];
  const body = (): CanonicalLine => ({ name: 'body hash', text: sha512(parts.body) });
  switch (version) {
    case 1:
      return request;
    case 2:
      return [date, ...request];
    case 4:
      return [date, ...request, body()];
    case 5:
      return [
        date,
        ...request,
        body(),
        { name: 'header hash', text: headerHash(parts.duoHeaders) },
      ];
  }
};
