/** Every cookie of the gateway begins with this. */
const cookiePrefix = '__Host-xsoar-duo-';

/** The gateway's cookies. */
export const cookieNames = {
  session: `${cookiePrefix}session`,
  /** The login under way. */
  challenge: `${cookiePrefix}login`,
  /** The device that was used last. */
  device: `${cookiePrefix}device`,
  csrf: `${cookiePrefix}csrf`,
} as const;

/**
 * What every cookie of ours is set with. `__Host-` makes browsers insist on Secure, on the path `/`
 * and on this very host. Lax, so that a link in a mail to the SOAR finds the session.
 */
export const cookieOptions = {
  path: '/',
  secure: true,
  httpOnly: true,
  sameSite: 'lax',
} as const;

/**
 * One cookie of a `Cookie` header. When it is there twice, somebody is trying something, and neither
 * counts.
 */
export const readCookie = (header: string | undefined, name: string): string | undefined => {
  const start = `${name}=`;
  let found: string | undefined;
  let from = 0;
  // Asked for every request that passes, so without making a list of all cookies first.
  while (header !== undefined && from < header.length) {
    const next = header.indexOf(';', from);
    const end = next === -1 ? header.length : next;
    const pair = header.slice(from, end).trim();
    if (pair.startsWith(start)) {
      if (found !== undefined) {
        return undefined;
      }
      found = pair.slice(start.length);
    }
    from = end + 1;
  }
  return found;
};
