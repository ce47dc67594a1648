import { createHash, createHmac } from 'node:crypto';
import type { SigningPrimitives } from '../../duo/signing/sign-request.ts';

/** Signing with `node:crypto`. */
export const nodePrimitives: SigningPrimitives = {
  hmac: (algorithm, key, text) => createHmac(algorithm, key).update(text, 'utf8').digest('hex'),
  sha512: (text) => createHash('sha512').update(text, 'utf8').digest('hex'),
  base64: (text) => Buffer.from(text, 'utf8').toString('base64'),
};
