/** The name of a `Set-Cookie` line's cookie. */
export const cookieName = (line: string): string => line.split('=', 1)[0]?.trim() ?? '';

/** `name=value` of a `Set-Cookie` line, to send it back. */
export const cookiePair = (line: string): string => line.split(';', 1)[0]?.trim() ?? '';

const dropped = /^(?:domain|secure)\b/i;

/**
 * A cookie of the server behind, made one of the gateway's host: without a domain, since the server's
 * own name is not the gateway's, and only ever sent over TLS.
 */
export const rehost = (line: string): string => {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
  const kept = attributes.filter((attribute) => attribute !== '' && !dropped.test(attribute));
  return [pair, ...kept, 'Secure'].join('; ');
};
