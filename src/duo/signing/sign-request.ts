import { canonicalize, type RequestToSign } from './canonical-request.ts';

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
