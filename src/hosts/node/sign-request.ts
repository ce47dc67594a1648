import { createHash, createHmac, createSecretKey } from 'node:crypto';
import {
  type Signed,
  type SigningPrimitives,
  type SignRequestInput,
  signRequest as signWith,
} from '../../duo/sign-request.ts';

/** Signing with `node:crypto`. */
export const nodePrimitives: SigningPrimitives = {
  createHmac: (algorithm, key) => {
    const secret = createSecretKey(key, 'utf8');
    return (text) => createHmac(algorithm, secret).update(text, 'utf8').digest('hex');
  },
  sha512: (text) => createHash('sha512').update(text, 'utf8').digest('hex'),
  base64: (text) => Buffer.from(text, 'utf8').toString('base64'),
};

// Preparing a key pays from the second signature on.
const oneSignature: SigningPrimitives = {
  ...nodePrimitives,
  createHmac: (algorithm, key) => (text) =>
    createHmac(algorithm, key).update(text, 'utf8').digest('hex'),
};

/**
 * Sign a request to Duo, and show each stage of the signature.
 *
 * @example
 * ```ts
 * const { canonical, signature, authorization } = signRequest({
 *   ikey: 'DIXXXXXXXXXXXXXXXXXX',
 *   skey: process.env['DUO_SKEY'] ?? '',
 *   method: 'GET',
 *   host: 'api-xxxxxxxx.duosecurity.com',
 *   path: '/auth/v2/check',
 *   date: new Date().toUTCString(),
 * });
 * ```
 *
 * @throws TypeError for version 5 with SHA-1, and for headers that cannot be signed.
 */
export const signRequest = (input: SignRequestInput): Signed => signWith(input, oneSignature);
