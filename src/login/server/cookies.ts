import { seal, unseal } from '../store/token.ts';

const prefix = '__Host-xsoar-duo-';

/** The gateway's cookies. Each belongs to one host. */
export const cookieNames = {
  session: `${prefix}session`,
  /** The login under way. */
  challenge: `${prefix}login`,
  /** The device that was used last. */
  device: `${prefix}device`,
  /** Duo's token of this browser, for remembered devices. */
  remembered: `${prefix}remembered`,
  csrf: `${prefix}csrf`,
} as const;

/**
 * What every cookie is set with. `__Host-` makes browsers insist on Secure, on the path `/` and on this
 * very host. Lax, so that a link in a mail to the SOAR finds the session.
 */
export const cookieOptions = {
  path: '/',
  secure: true,
  httpOnly: true,
  sameSite: 'lax',
} as const;

/**
 * One cookie of a `Cookie` header. When it is there twice, one of the two was planted, and neither
 * counts.
 */
const readCookie = (header: string | undefined, name: string): string | undefined => {
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

/** The cookie of a session. */
export interface SessionCookie {
  readonly name: string;
  readonly options: typeof cookieOptions & { readonly domain?: string };
  /** The session's id in a `Cookie` header. */
  readonly read: (header: string | undefined) => string | undefined;
}

/**
 * @param domain lets one session count on every host of a domain. Other hosts of the domain can then set
 * the cookie too, which `__Host-` would keep them from.
 */
export const createSessionCookie = (domain?: string): SessionCookie => {
  const name = domain === undefined ? cookieNames.session : '__Secure-xsoar-duo-session';
  return {
    name,
    options: domain === undefined ? cookieOptions : { ...cookieOptions, domain },
    read: (header) => readCookie(header, name),
  };
};

/** Keeps Duo's tokens in cookies that only the gateway can read, each for one user. */
export interface RememberedDevices {
  seal(username: string, token: string): string;
  /** The token of this user; nothing when the cookie is another user's or was changed. */
  open(cookie: string | undefined, username: string): string | undefined;
}

/** @param key a secret of the settings, shared by all gateways. */
export const createRememberedDevices = (key: string): RememberedDevices => ({
  seal: (username, token) => seal(key, JSON.stringify([username, token])),
  open: (cookie, username) => {
    try {
      const [owner, token] = cookie === undefined ? [] : JSON.parse(unseal(key, cookie));
      return owner === username && typeof token === 'string' ? token : undefined;
    } catch {
      return undefined;
    }
  },
});
