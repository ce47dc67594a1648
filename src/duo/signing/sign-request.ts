import { canonicalize, type RequestToSign } from './canonical-request.ts';

/** The hash under the HMAC. Duo takes both with signature version 2, SHA-512 alone with 5. */
export type HashAlgorithm = 'sha1' | 'sha512';

/**
 * What signing needs of its host: Node has it in `node:crypto`, XSOAR's engine brings a library.
 * All text is hashed as UTF-8; all digests are lower-case hex.
 */
export interface SigningPrimitives {
  hmac(algorithm: HashAlgorithm, key: string, text: string): string;
  sha512(text: string): string;
  base64(text: string): string;
}

/** A request to sign with the keys to sign it. */
export interface SignRequestInput extends RequestToSign {
  /** The integration key. */
  readonly ikey: string;
  /** The secret key. */
  readonly skey: string;
  /** `sha512` by default; `sha1` for services that know version 2 only in its old form. */
  readonly algorithm?: HashAlgorithm | undefined;
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

/**
 * Sign a request to Duo, version 2 or 5.
 *
 * @throws TypeError for version 5 with SHA-1, which Duo does not know, and for headers that cannot
 * be signed.
 */
export const signRequest = (input: SignRequestInput, primitives: SigningPrimitives): Signed => {
  const algorithm = input.algorithm ?? 'sha512';
  if (input.version === 5 && algorithm !== 'sha512') {
    throw new TypeError('algorithm: signature version 5 takes sha512 only');
  }
  const canonical = canonicalize(input, (text) => primitives.sha512(text));
  const signature = primitives.hmac(algorithm, input.skey, canonical);
  const authorization = `Basic ${primitives.base64(`${input.ikey}:${signature}`)}`;
  return { canonical, signature, authorization };
};
