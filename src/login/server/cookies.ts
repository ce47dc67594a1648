/** Every cookie of ours begins so; none of them is passed on to what is protected. */
export const cookiePrefix = '__Host-xsoar-duo-';

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
  if (header === undefined) {
    return undefined;
  }
  const start = `${name}=`;
  const found = header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(start));
  return found.length === 1 ? found[0]?.slice(start.length) : undefined;
};

/** A `Cookie` header without ours; nothing when no other is left. */
export const withoutOurs = (header: string | undefined): string | undefined => {
  const others = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '' && !pair.toLowerCase().startsWith(cookiePrefix.toLowerCase()));
  return others.length === 0 ? undefined : others.join('; ');
};
