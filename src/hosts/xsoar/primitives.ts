import hmac from 'hash.js/lib/hash/hmac.js';
import sha512 from 'hash.js/lib/hash/sha/512.js';
import { encode } from 'js-base64';
import type { SigningPrimitives } from '../../duo/signing/sign-request.ts';

/** Signing in an engine that has no cryptography of its own. It knows SHA-512, which Duo takes. */
export const enginePrimitives: SigningPrimitives = {
  hmac: (algorithm, key, text) => {
    if (algorithm !== 'sha512') {
      throw new TypeError(`algorithm: ${algorithm} is not known here`);
    }
    return hmac(sha512, key).update(text).digest('hex');
  },
  sha512: (text) => sha512().update(text).digest('hex'),
  base64: (text) => encode(text),
};
