import { createCipheriv, createDecipheriv, hash, hkdfSync, randomBytes } from 'node:crypto';

/** A new random id for a cookie: 256 bits, safe in a URL. */
export const newToken = (): string => randomBytes(32).toString('base64url');

const shape = /^[\w-]{43}$/;

/** Could this be one of {@link newToken}'s? Anything else is not even looked up. */
export const isToken = (text: string | undefined): text is string =>
  text !== undefined && shape.test(text);

/** What a token, a name or a transaction is stored under, so that a copy of the store holds none of them. */
export const digestOf = (text: string): string => hash('sha256', text, 'base64url');

const keyOf = (secret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', 'xsoar-duo login: held cookies', 32));

/** Encrypt a text, so that it can be read with the same secret alone. @returns base64url. */
export const seal = (secret: string, text: string): string => {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), iv);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
};

/**
 * Read what {@link seal} made.
 *
 * @throws Error when the secret is another or the text was changed.
 */
export const unseal = (secret: string, sealed: string): string => {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8');
};
