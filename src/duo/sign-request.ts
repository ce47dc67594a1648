import { BadArgumentError } from './errors/input-errors.ts';

/** Parameters of a request; a list means a repeated key. */
export type Params = Readonly<Record<string, string | readonly string[]>>;

/** The parts of a request that are signed. */
export interface RequestToSign {
  /** GET, POST and the like; signed in upper case. */
  readonly method: string;
  /** The API hostname; signed in lower case. */
  readonly host: string;
  /** The path as sent, without the query. */
  readonly path: string;
  /** Query parameters; under version 2 also those of a form. */
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

// Most names and values have nothing to encode.
const bare = /^[A-Za-z0-9._~-]*$/;

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
  bare.test(text) ? text : encodeURIComponent(text).replace(leftBare, hexOf);

type Pair = readonly [name: string, value: string];

const encodePair = ([name, value]: Pair): Pair => {
  try {
    return [percentEncode(name), percentEncode(value)];
  } catch {
    throw new BadArgumentError('the request', [{ name, rule: 'is not well-formed Unicode text' }]);
  }
};

const join = (encoded: readonly Pair[]): string => {
  let text = '';
  for (const [name, value] of encoded) {
    text += text === '' ? `${name}=${value}` : `&${name}=${value}`;
  }
  return text;
};

/**
 * Encode pairs in the order given, as `a=1&b=2`.
 *
 * @throws {@link BadArgumentError} naming the parameter that is not well-formed Unicode.
 */
export const encodePairs = (pairs: readonly Pair[]): string => join(pairs.map(encodePair));

const compare = (left: string, right: string): number => (left < right ? -1 : Number(left > right));

/**
 * The canonical parameters: encoded, then sorted by key and, for a repeated key, by value. The same
 * text serves as query and as form body, so what is signed is what is sent.
 *
 * @see Duo Auth API, "API Details", "Authentication": https://duo.com/docs/authapi#authentication
 * @throws {@link BadArgumentError} naming the parameter that is not well-formed Unicode.
 */
export const encodeParams = (params: Params): string => {
  const encoded: Pair[] = [];
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === 'string') {
      encoded.push(encodePair([name, value]));
    } else {
      encoded.push(...value.map((one) => encodePair([name, one])));
    }
  }
  return join(encoded.sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1])));
};

/** The five lines that versions 2 and 5 have in common, each as it is signed. */
export interface CanonicalParts {
  readonly date: string;
  /** In upper case. */
  readonly method: string;
  /** In lower case. */
  readonly host: string;
  readonly path: string;
  /** From {@link encodeParams}. */
  readonly encodedParams: string;
}

/** All that version 2 signs, and the beginning of what version 5 does. */
export const canonicalLines = (parts: CanonicalParts): string =>
  `${parts.date}\n${parts.method}\n${parts.host}\n${parts.path}\n${parts.encodedParams}`;

/**
 * The `X-Duo-*` headers as version 5 signs them.
 *
 * @throws TypeError when a header is not an `X-Duo-*` header, is given twice or holds a NUL.
 */
export const canonicalHeaders = (headers: Readonly<Record<string, string>>): string => {
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

/** The lines that version 5 adds: the SHA-512 of the body and of the `X-Duo-*` headers. */
export const hashLines = (
  body: string,
  headers: Readonly<Record<string, string>>,
  sha512: (text: string) => string,
): string => `\n${sha512(body)}\n${sha512(canonicalHeaders(headers))}`;

/**
 * The text that is signed. Version 2: date, method, host, path and parameters, a line each. Version 5
 * adds the SHA-512 of the body and of the `X-Duo-*` headers, and its parameters are those of the query
 * alone.
 *
 * @see Duo Auth API, "API Details", "Authentication": https://duo.com/docs/authapi#authentication
 * @throws TypeError when a header is not an `X-Duo-*` header, is given twice or holds a NUL.
 */
export const canonicalize = (request: RequestToSign, sha512: (text: string) => string): string => {
  const lines = canonicalLines({
    date: request.date,
    method: request.method.toUpperCase(),
    host: request.host.toLowerCase(),
    path: request.path,
    encodedParams: encodeParams(request.params ?? {}),
  });
  return request.version === 5
    ? lines + hashLines(request.body ?? '', request.headers ?? {}, sha512)
    : lines;
};

/** The hash under the HMAC. Duo takes both with signature version 2, SHA-512 alone with 5. */
export type HashAlgorithm = 'sha1' | 'sha512';

/**
 * What signing needs of its host: Node has it in `node:crypto`, XSOAR's engine brings a library.
 * All text is hashed as UTF-8; all digests are lower-case hex.
 */
export interface SigningPrimitives {
  /** An HMAC whose key is prepared once. */
  createHmac(algorithm: HashAlgorithm, key: string): (text: string) => string;
  sha512(text: string): string;
  base64(text: string): string;
}

/** The keys to sign with. */
export interface SigningKeys {
  /** The integration key. */
  readonly ikey: string;
  /** The secret key. */
  readonly skey: string;
  /** 2 (the default) or 5. */
  readonly version?: 2 | 5 | undefined;
  /** `sha512` by default; `sha1` for services that know version 2 only in its old form. */
  readonly algorithm?: HashAlgorithm | undefined;
}

/** A request to sign with the keys to sign it. */
export interface SignRequestInput extends RequestToSign, SigningKeys {
  readonly version?: 2 | 5;
}

/** Each stage of a signature. */
export interface Signed {
  /** The text that was signed. */
  readonly canonical: string;
  /** Its HMAC under the secret key, in lower-case hex. */
  readonly signature: string;
  /** The value of the `Authorization` header. */
  readonly authorization: string;
}

/** Signs canonical texts with keys that are prepared once. */
export type Signer = (canonical: string) => Signed;

/**
 * A signer for these keys.
 *
 * @see Duo Auth API, "API Details", "Authentication": https://duo.com/docs/authapi#authentication
 * @throws TypeError for version 5 with SHA-1, which Duo does not know.
 */
export const createSigner = (keys: SigningKeys, primitives: SigningPrimitives): Signer => {
  const { ikey, skey, version, algorithm = 'sha512' } = keys;
  if (version === 5 && algorithm !== 'sha512') {
    throw new TypeError('algorithm: signature version 5 takes sha512 only');
  }
  const hmac = primitives.createHmac(algorithm, skey);
  return (canonical) => {
    const signature = hmac(canonical);
    const authorization = `Basic ${primitives.base64(`${ikey}:${signature}`)}`;
    return { canonical, signature, authorization };
  };
};

/**
 * Sign a request to Duo, version 2 or 5.
 *
 * @throws TypeError for version 5 with SHA-1, which Duo does not know, and for headers that cannot
 * be signed.
 */
export const signRequest = (input: SignRequestInput, primitives: SigningPrimitives): Signed => {
  const sign = createSigner(input, primitives);
  return sign(canonicalize(input, primitives.sha512));
};
