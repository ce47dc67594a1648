import { BlockList, isIP, isIPv6 } from 'node:net';
import { parseUrl } from '../settings/fields.ts';

const mapped = /^::ffff:(?=\d+\.)/i;

/** Is an address in one of these ranges? IPv4 written as IPv6 counts as IPv4. */
export const createRangeCheck = (ranges: readonly string[]): ((address: string) => boolean) => {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) {
      list.addAddress(address, family);
    } else {
      list.addSubnet(address, Number(bits), family);
    }
  }
  return (address) => {
    const plain = address.replace(mapped, '');
    // A header may claim anything to be an address.
    return isIP(plain) !== 0 && list.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4');
  };
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop or change these in addresses
const malformed = /[\u0000-\u0020\u007f\\]/;

const longest = 4_096;

// The gateway's own pages and those of a login or sign-out behind it: going back there would begin anew.
const leadsBack = /^\/(?:auth(?:\/.*)?|log(?:in|out)\/?)$/i;

/**
 * Where to go after the login: the address asked for when it lies on the gateway's own origin or on one
 * that is allowed, else `/`.
 *
 * @returns a path for the own origin, a whole address for another.
 */
export const safeReturn = (
  wanted: string | undefined,
  ownOrigin: string,
  allowedOrigins: readonly string[],
): string => {
  if (wanted === undefined || wanted.length > longest || malformed.test(wanted)) {
    return '/';
  }
  const url = parseUrl(wanted, ownOrigin);
  // The origin of a blob: address is that of the page that made it, so the scheme is looked at first.
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username + url.password !== '') {
    return '/';
  }
  // A path that begins with two slashes would be read as a host.
  const path = url.pathname.replace(/^\/+/, '/');
  const target = leadsBack.test(path) ? '/' : `${path}${url.search}${url.hash}`;
  if (url.origin === ownOrigin) {
    return target;
  }
  return allowedOrigins.includes(url.origin) ? `${url.origin}${target}` : '/';
};
