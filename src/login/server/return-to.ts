import { parseUrl } from '../parse-url.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop or bend these in addresses
const bent = /[\u0000-\u0020\u007f\\]/;

const longest = 4_096;

/**
 * Where to go after the login: the address asked for when it lies on the gateway's own origin or on
 * one that is allowed, else `/`.
 *
 * @returns a path for the own origin, a whole address for another.
 */
export const safeReturn = (
  wanted: string | undefined,
  ownOrigin: string,
  allowedOrigins: readonly string[],
): string => {
  if (wanted === undefined || wanted.length > longest || bent.test(wanted)) {
    return '/';
  }
  const url = parseUrl(wanted, ownOrigin);
  // The origin of a blob: address is that of whoever made it, so the scheme is looked at first.
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username + url.password !== '') {
    return '/';
  }
  if (url.origin === ownOrigin) {
    // A path that begins with two slashes would be read as a host.
    const path = url.pathname.replace(/^\/+/, '/');
    return `${path}${url.search}${url.hash}`;
  }
  return allowedOrigins.includes(url.origin) ? url.href : '/';
};
