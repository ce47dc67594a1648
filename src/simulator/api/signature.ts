import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SignatureScheme } from '../core/configuration.ts';
import type { WireRequest } from '../core/exchange.ts';
import { type CanonicalLine, canonicalLines, type SignatureVersion } from './canonical.ts';
import { isQueryMethod, type Pair, parseForm, type RequestBody } from './request.ts';

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
  /** As sent; absent only in version 1, which does not sign it. */
  readonly date: string | undefined;
  /** Every form of the host that a client may have signed. */
  readonly hosts: readonly string[];
  readonly skey: string;
  readonly accepted: readonly SignatureScheme[];
  /** Whether version 5 may leave `X-Duo-Date` out of the signed headers. */
  readonly allowUnsignedDuoDate: boolean;
}

/** One way in which the request may have been signed. */
export interface SignatureCandidate {
  readonly scheme: SignatureScheme;
  /** The canonical string, line by line. */
  readonly lines: readonly CanonicalLine[];
  /** The parameters that this signature covers. */
  readonly params: readonly Pair[];
}

/** Version 1 of the API: the only paths that accept a request without a date. */
export const isRestV1Path = (path: string): boolean => path.startsWith('/rest/v1/');

/**
 * The hosts that a client may have signed: some clients sign the port, and one that connects to this
 * machine may sign the name of the service.
 */
export const signedHosts = (
  hostHeader: string | undefined,
  aliases: readonly string[],
): string[] => {
  const host = (hostHeader ?? '').trim().toLowerCase();
  const withoutPort = host.replace(/:\d+$/, '');
  return [...new Set([withoutPort, host, ...aliases.map((alias) => alias.toLowerCase())])].filter(
    (name) => name !== '',
  );
};

interface Coverage {
  readonly signedParams: readonly Pair[];
  readonly duoHeaders: readonly Pair[];
  readonly params: readonly Pair[];
}

const duoHeaderSets = ({ request, allowUnsignedDuoDate }: SignatureContext): Pair[][] => {
  const all = Object.entries(request.headers)
    .filter(([name]) => name.startsWith('x-duo-'))
    .map(([name, value]): Pair => [name, value ?? '']);
  const withoutDate = all.filter(([name]) => name !== 'x-duo-date');
  return allowUnsignedDuoDate && withoutDate.length < all.length ? [all, withoutDate] : [all];
};

/** Versions 1 and 2 sign the parameters of query and form; they do not cover a JSON body. */
const formCoverage = ({ body, request }: SignatureContext): Coverage[] => {
  const query = parseForm(request.query);
  const form = body.kind === 'form' ? body.pairs : [];
  if (body.kind === 'json' || query === undefined || form === undefined) {
    return [];
  }
  const params = [...query, ...form];
  return [{ signedParams: params, params, duoHeaders: [] }];
};

/** Versions 4 and 5 sign the query of GET and DELETE, and only the body of other methods. */
const bodyCoverage = (context: SignatureContext, duoHeaders: readonly Pair[][]): Coverage[] => {
  const { body, request } = context;
  const isQuery = isQueryMethod(request.method);
  const signedParams = isQuery ? parseForm(request.query) : [];
  if (body.kind === 'form' || signedParams === undefined) {
    return [];
  }
  const params = isQuery ? signedParams : body.kind === 'json' ? (body.pairs ?? []) : [];
  return duoHeaders.map((headers) => ({ signedParams, params, duoHeaders: headers }));
};

const coverageOf = (context: SignatureContext, version: SignatureVersion): Coverage[] => {
  switch (version) {
    case 1:
      return isRestV1Path(context.request.path) ? formCoverage(context) : [];
    case 2:
      return formCoverage(context);
    case 4:
      return bodyCoverage(context, [[]]);
    case 5:
      return bodyCoverage(context, duoHeaderSets(context));
  }
};

const candidatesOf = (context: SignatureContext, scheme: SignatureScheme): SignatureCandidate[] => {
  const { request, date } = context;
  const { version } = schemes[scheme];
  if (date === undefined && version !== 1) {
    return [];
  }
  return coverageOf(context, version).flatMap(({ signedParams, duoHeaders, params }) =>
    context.hosts.map((host) => ({
      scheme,
      params,
      lines: canonicalLines(version, {
        date: date ?? '',
        method: request.method,
        host,
        path: request.path,
        params: signedParams,
        body: request.body,
        duoHeaders,
      }),
    })),
  );
};

const hashByHexLength = new Map<number, Hash>([
  [40, 'sha1'],
  [128, 'sha512'],
]);

/** The ways in which a request with a signature of this length may have been signed. */
export const signatureCandidates = (
  context: SignatureContext,
  signatureHex: string,
): SignatureCandidate[] => {
  const hash = hashByHexLength.get(signatureHex.length);
  return context.accepted
    .filter((scheme) => schemes[scheme].hash === hash)
    .flatMap((scheme) => candidatesOf(context, scheme));
};

const sign = ({ scheme, lines }: SignatureCandidate, skey: string): Buffer =>
  createHmac(schemes[scheme].hash, skey)
    .update(lines.map(({ text }) => text).join('\n'))
    .digest();

/**
 * Finds the scheme with which a request was signed. A request does not name its version, so every
 * candidate is tried.
 */
export const matchSignature = (
  context: SignatureContext,
  signatureHex: string,
): SignatureCandidate | undefined => {
  if (!/^[0-9a-f]+$/.test(signatureHex)) {
    return undefined;
  }
  const signature = Buffer.from(signatureHex, 'hex');
  return signatureCandidates(context, signatureHex).find((candidate) =>
    timingSafeEqual(sign(candidate, context.skey), signature),
  );
};
