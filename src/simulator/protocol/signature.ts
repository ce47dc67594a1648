import { createHmac, timingSafeEqual } from 'node:crypto';
import { isQueryMethod, type RequestBody } from './body.ts';
import { canonicalString, type SignatureVersion } from './canonical.ts';
import { type Pair, parseForm } from './percent.ts';
import type { WireRequest } from './request.ts';

/** A version with its hash, the name under which settings switch it and the log shows it. */
export const signatureSchemes = [
  'v1/sha1',
  'v1/sha512',
  'v2/sha1',
  'v2/sha512',
  'v4/sha512',
  'v5/sha512',
] as const;

/** See `signatureSchemes`. */
export type SignatureScheme = (typeof signatureSchemes)[number];

type Hash = 'sha1' | 'sha512';

const schemes: Readonly<Record<SignatureScheme, { version: SignatureVersion; hash: Hash }>> = {
  'v1/sha1': { version: 1, hash: 'sha1' },
  'v1/sha512': { version: 1, hash: 'sha512' },
  'v2/sha1': { version: 2, hash: 'sha1' },
  'v2/sha512': { version: 2, hash: 'sha512' },
  'v4/sha512': { version: 4, hash: 'sha512' },
  'v5/sha512': { version: 5, hash: 'sha512' },
};

/** What a signature is checked against. */
export interface SignatureContext {
  readonly request: WireRequest;
  readonly body: RequestBody;
  /** As sent; absent only in version 1, which signs none. */
  readonly date: string | undefined;
  /** Every spelling of the host that a client may have signed. */
  readonly hosts: readonly string[];
  readonly skey: string;
  readonly accepted: readonly SignatureScheme[];
  /** Whether version 5 may leave `X-Duo-Date` out of the signed headers. */
  readonly allowUnsignedDuoDate: boolean;
}

/** The scheme that fits, and the parameters that it vouches for. */
export interface SignatureMatch {
  readonly scheme: SignatureScheme;
  readonly params: readonly Pair[];
}

interface Candidate {
  readonly scheme: SignatureScheme;
  readonly signedParams: readonly Pair[];
  readonly duoHeaders: readonly Pair[];
  readonly params: readonly Pair[];
}

/** Version 1 of the API: the only place where a request may come without a date. */
export const isLegacyPath = (path: string): boolean => path.startsWith('/rest/v1/');

const duoHeadersOf = (request: WireRequest): Pair[] =>
  Object.entries(request.headers)
    .filter(([name]) => name.startsWith('x-duo-'))
    .map(([name, value]) => [name, value ?? '']);

const headerSets = ({ request, allowUnsignedDuoDate }: SignatureContext): Pair[][] => {
  const all = duoHeadersOf(request);
  const dateless = all.filter(([name]) => name !== 'x-duo-date');
  return allowUnsignedDuoDate && dateless.length < all.length ? [all, dateless] : [all];
};

/** Versions 1 and 2 sign the parameters of query and form; a JSON body is outside their signature. */
const formCandidates = (context: SignatureContext, scheme: SignatureScheme): Candidate[] => {
  const { body, request } = context;
  const query = parseForm(request.query);
  const form = body.kind === 'form' ? body.pairs : [];
  if (body.kind === 'json' || query === undefined || form === undefined) {
    return [];
  }
  const params = [...query, ...form];
  return [{ scheme, signedParams: params, params, duoHeaders: [] }];
};

/** Versions 4 and 5 sign the query of GET and DELETE, and of other methods the body only. */
const bodyCandidates = (context: SignatureContext, scheme: SignatureScheme): Candidate[] => {
  const { body, request } = context;
  if (body.kind === 'form') {
    return [];
  }
  const isQuery = isQueryMethod(request.method);
  const signedParams = isQuery ? parseForm(request.query) : [];
  if (signedParams === undefined) {
    return [];
  }
  const params = isQuery ? signedParams : body.kind === 'json' ? (body.pairs ?? []) : [];
  const sets = scheme === 'v5/sha512' ? headerSets(context) : [[]];
  return sets.map((duoHeaders) => ({ scheme, signedParams, params, duoHeaders }));
};

const candidatesFor = (context: SignatureContext, scheme: SignatureScheme): Candidate[] => {
  switch (scheme) {
    case 'v1/sha1':
    case 'v1/sha512':
      return isLegacyPath(context.request.path) ? formCandidates(context, scheme) : [];
    case 'v2/sha1':
    case 'v2/sha512':
      return formCandidates(context, scheme);
    case 'v4/sha512':
    case 'v5/sha512':
      return bodyCandidates(context, scheme);
    default:
      return scheme satisfies never;
  }
};

const hmacEquals = (hash: Hash, skey: string, text: string, signature: Buffer): boolean => {
  return timingSafeEqual(createHmac(hash, skey).update(text).digest(), signature);
};

const fits = (context: SignatureContext, candidate: Candidate, signature: Buffer): boolean => {
  const { request, date, skey } = context;
  const { version, hash } = schemes[candidate.scheme];
  return context.hosts.some((host) => {
    const text = canonicalString(version, {
      date: date ?? '',
      method: request.method,
      host,
      path: request.path,
      params: candidate.signedParams,
      body: request.body,
      duoHeaders: candidate.duoHeaders,
    });
    return hmacEquals(hash, skey, text, signature);
  });
};

const hashByHexLength = new Map<number, Hash>([
  [40, 'sha1'],
  [128, 'sha512'],
]);

/**
 * Finds the version that a request was signed with. A request does not name it, so each one that
 * could have led to a signature of this length is tried.
 */
export const matchSignature = (
  context: SignatureContext,
  signatureHex: string,
): SignatureMatch | undefined => {
  const hash = hashByHexLength.get(signatureHex.length);
  if (hash === undefined || !/^[0-9a-f]+$/.test(signatureHex)) {
    return undefined;
  }
  const signature = Buffer.from(signatureHex, 'hex');
  const found = context.accepted
    .filter((scheme) => schemes[scheme].hash === hash)
    .filter((scheme) => context.date !== undefined || schemes[scheme].version === 1)
    .flatMap((scheme) => candidatesFor(context, scheme))
    .find((candidate) => fits(context, candidate, signature));
  return found && { scheme: found.scheme, params: found.params };
};
