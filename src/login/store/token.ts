import { createCipheriv, createDecipheriv, hash, hkdfSync, randomBytes } from 'node:crypto';

/** A new random id for a cookie: 256 bits, safe in a URL. */
export const newToken = (): string => randomBytes(32).toString('base64url');

const shape = /^[\w-]{43}$/;

/** Could this be one of {@link newToken}'s? Anything else is not even looked up. */
export const isToken = (text: string | undefined): text is string =>
  text !== undefined && shape.test(text);

/** What a token is stored under, so that a copy of the store holds no cookie. */
export const digestOf = (token: string): string => hash('sha256', token, 'base64url');

const keyOf = (token: string): Buffer =>
  Buffer.from(hkdfSync('sha256', token, '', 'xsoar-duo login: held cookies', 32));

/** Encrypt a text so that only who holds the token can read it. */
export const seal = (token: string, text: string): string => {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(token), iv);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
};

/**
 * Read what {@link seal} made.
 *
 * @throws Error when the token is another or the text was changed.
 */
export const unseal = (token: string, sealed: string): string => {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', keyOf(token), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8');
};
