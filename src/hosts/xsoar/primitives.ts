import { encode } from 'js-base64';
import Sha from 'jssha/sha512';
import type { SigningPrimitives } from '../../duo/signing/primitives.ts';

const utf8 = { encoding: 'UTF8' } as const;

/** Signing in an engine that has no cryptography of its own. It knows SHA-512, which Duo takes. */
export const enginePrimitives: SigningPrimitives = {
  hmac: (algorithm, key, text) => {
    if (algorithm !== 'sha512') {
      throw new TypeError(`algorithm: ${algorithm} is not known here`);
    }
    const hmacKey = { value: key, format: 'TEXT', ...utf8 } as const;
    return new Sha('SHA-512', 'TEXT', { ...utf8, hmacKey }).update(text).getHash('HEX');
  },
  sha512: (text) => new Sha('SHA-512', 'TEXT', utf8).update(text).getHash('HEX'),
  base64: (text) => encode(text),
};
