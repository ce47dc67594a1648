import { encode } from 'js-base64';
import { sha512 } from 'js-sha512';
import type { SigningPrimitives } from '../../duo/signing/primitives.ts';

/** Signing in an engine that has no cryptography of its own. It knows SHA-512, which Duo takes. */
export const enginePrimitives: SigningPrimitives = {
  hmac: (algorithm, key, text) => {
    if (algorithm !== 'sha512') {
      throw new TypeError(`algorithm: ${algorithm} is not known here`);
    }
    return sha512.hmac(key, text);
  },
  sha512,
  base64: (text) => encode(text),
};
