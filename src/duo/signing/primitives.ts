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
