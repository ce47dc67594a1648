import type { IncomingHttpHeaders } from 'node:http';
import { withoutOurs } from './cookies.ts';

// Whatever an upstream might take for a statement about who is asking. Only the gateway makes those.
const spoofable = [
  'remote-user',
  'remote-groups',
  'remote-name',
  'remote-email',
  'x-remote-user',
  'x-forwarded-user',
  'x-forwarded-groups',
  'x-forwarded-email',
  'x-forwarded-preferred-username',
  'x-auth-request-user',
  'x-webauth-user',
  'x-authenticated-user',
];

const forwarding = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
];

// Some servers read `Remote_User` as `Remote-User`.
const plain = (name: string): string => name.toLowerCase().replaceAll('_', '-');

/** What the gateway knows and tells the upstream. */
export interface ForwardedIdentity {
  readonly address: string;
  readonly host: string | undefined;
  readonly proto: string;
  /** A header with the user's name, when the settings ask for one. */
  readonly user?: { readonly header: string; readonly name: string } | undefined;
  readonly userHeader?: string | undefined;
  /** An API call: no cookie at all goes along, or a stolen one could. */
  readonly withoutCookies: boolean;
}

/** A browser's headers as the upstream gets them. */
export const forwardedHeaders = (
  headers: IncomingHttpHeaders,
  { address, host, proto, user, userHeader, withoutCookies }: ForwardedIdentity,
): IncomingHttpHeaders => {
  const dropped = new Set([...spoofable, ...forwarding, 'cookie']);
  if (userHeader !== undefined) {
    dropped.add(plain(userHeader));
  }
  const kept = Object.entries(headers).filter(([name]) => !dropped.has(plain(name)));
  const cookie = withoutCookies ? undefined : withoutOurs(headers.cookie);
  return {
    ...Object.fromEntries(kept),
    ...(cookie !== undefined && { cookie }),
    ...(user !== undefined && { [user.header]: encodeURIComponent(user.name) }),
    'x-forwarded-for': address,
    'x-forwarded-proto': proto,
    ...(host !== undefined && { 'x-forwarded-host': host }),
  };
};
