import { createHash, timingSafeEqual } from 'node:crypto';
import type { HeaderFactor } from './first-factor.ts';

/** Which header names the user, and who may send it. */
export interface HeaderFactorOptions {
  readonly userHeader: string;
  /** A header with comma-separated groups. */
  readonly groupsHeader?: string | undefined;
  /** A secret that the proxy adds, so that an address alone is not enough. */
  readonly secret?: { readonly header: string; readonly value: string } | undefined;
  readonly isTrusted: (peerAddress: string) => boolean;
}

const equal = (one: string, other: string): boolean =>
  timingSafeEqual(
    createHash('sha256').update(one).digest(),
    createHash('sha256').update(other).digest(),
  );

/** The first factor of a proxy in front. Its header counts only on connections from that proxy. */
export const createHeaderFactor = (options: HeaderFactorOptions): HeaderFactor => {
  const { userHeader, groupsHeader, secret, isTrusted } = options;
  return {
    kind: 'header',
    identify: (headers, peerAddress) => {
      const one = (name: string): string | undefined => {
        const value = headers[name.toLowerCase()];
        // Node joins or lists repeated headers; either way two users are named, so neither counts.
        return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
      };
      const username = one(userHeader);
      if (!isTrusted(peerAddress) || username === undefined || username.includes(',')) {
        return { passed: false };
      }
      if (secret !== undefined && !equal(one(secret.header) ?? '', secret.value)) {
        return { passed: false };
      }
      const listed = groupsHeader === undefined ? '' : (one(groupsHeader) ?? '');
      const names = listed.split(',').map((group) => group.trim());
      return {
        passed: true,
        username,
        groups: names.filter(Boolean).map((name) => ({ name })),
      };
    },
    check: async () => `users are taken from the header ${userHeader} of trusted proxies`,
  };
};
