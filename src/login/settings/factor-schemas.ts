import * as z from 'zod';
import type { HeaderFactorOptions } from '../first-factor/header.ts';
import type { LdapOptions } from '../first-factor/ldap.ts';
import type { XsoarServer } from '../first-factor/xsoar.ts';
import {
  duration,
  flag,
  headerName,
  hostOf,
  isLoopback,
  type Outside,
  secondMs,
  secretIn,
  section,
  serverUrl,
  text,
} from './fields.ts';

const withUsername = text
  .includes('{username}', { error: 'must contain {username}' })
  .refine((value) => value !== '{username}', 'must say more than {username}');

type Written = { readonly url: string; readonly allow_cleartext: boolean };

const isCleartext = ({ url, allow_cleartext }: Written): boolean =>
  !allow_cleartext && !isLoopback(hostOf(url));

/** First factors and the servers that they ask. */
export const createFactorSchemas = (outside: Outside) => {
  const path = text.transform(outside.resolve);
  const secret = secretIn(outside);

  const server = {
    url: serverUrl('https:', 'http:'),
    ca_file: path.optional(),
    insecure: flag.default(false),
    allow_cleartext: flag.default(false),
    timeout_seconds: duration(secondMs, 120, 15),
  };

  const toServer = (
    written: Written & {
      readonly ca_file?: string | undefined;
      readonly insecure: boolean;
      readonly timeout_seconds: number;
    },
    context: z.RefinementCtx,
  ): XsoarServer => {
    if (written.url.startsWith('http:') && isCleartext(written)) {
      context.addIssue({
        code: 'custom',
        path: ['url'],
        message:
          'must begin with https://: secrets would travel in the clear (or set allow_cleartext)',
      });
    }
    const { url, ca_file: caFile, insecure, timeout_seconds: timeoutMs } = written;
    return { url, caFile, insecure, timeoutMs };
  };

  const xsoar = section({ type: z.literal('xsoar'), ...server }).transform(
    ({ type, ...written }, context) => ({ type, ...toServer(written, context) }),
  );

  const ldap = section({
    type: z.literal('ldap'),
    url: z.union([
      serverUrl('ldaps:', 'ldap:').transform((url) => [url]),
      z.array(serverUrl('ldaps:', 'ldap:')).min(1, 'is empty'),
    ]),
    start_tls: flag.default(false),
    ca_file: path.optional(),
    allow_cleartext: flag.default(false),
    timeout_seconds: duration(secondMs, 60, 5),
    user_dn: withUsername.optional(),
    bind_dn: text.optional(),
    bind_password: secret.optional(),
    base: text.optional(),
    filter: withUsername.default('(uid={username})'),
    username_attribute: text.default('uid'),
    groups_attribute: text.default('memberOf'),
    nested_groups_base: text.optional(),
  }).transform(({ type, ...written }, context) => {
    const fault = (name: string | undefined, message: string): void =>
      context.addIssue({ code: 'custom', path: name === undefined ? [] : [name], message });
    const { user_dn: userDn, base, bind_dn: bindDn, bind_password: bindPassword } = written;
    if ((userDn === undefined) === (base === undefined)) {
      fault(undefined, 'needs either user_dn, to bind directly, or base, to search first');
    }
    if (base !== undefined && (bindDn === undefined || bindPassword === undefined)) {
      fault(undefined, 'needs bind_dn and bind_password to search the directory');
    }
    const { allow_cleartext } = written;
    const cleartext = written.url.filter(
      (url) => url.startsWith('ldap:') && isCleartext({ url, allow_cleartext }),
    );
    if (!written.start_tls && cleartext.length > 0) {
      fault(
        'start_tls',
        'must be on, or the url must begin with ldaps://: passwords would travel in the clear (or set allow_cleartext)',
      );
    }
    const find: LdapOptions['find'] =
      userDn === undefined
        ? {
            by: 'search',
            bindDn: bindDn ?? '',
            bindPassword: bindPassword ?? '',
            base: base ?? '',
            filter: written.filter,
            usernameAttribute: written.username_attribute,
            groupsAttribute: written.groups_attribute,
            nestedGroupsBase: written.nested_groups_base,
          }
        : { by: 'bind', userDn };
    const options: LdapOptions = {
      urls: written.url,
      startTls: written.start_tls,
      caFile: written.ca_file,
      timeoutMs: written.timeout_seconds,
      find,
    };
    return { type, ...options };
  });

  const htpasswd = section({ type: z.literal('htpasswd'), file: path });

  const header = section({
    type: z.literal('header'),
    user_header: headerName.default('Remote-User'),
    groups_header: headerName.optional(),
    secret_header: headerName.optional(),
    secret: secret.optional(),
  }).transform(({ type, secret_header: name, secret: value, ...written }, context) => {
    if ((name === undefined) !== (value === undefined)) {
      const message = 'and secret_header belong together';
      context.addIssue({ code: 'custom', path: ['secret'], message });
    }
    const options: Omit<HeaderFactorOptions, 'isTrusted'> = {
      userHeader: written.user_header,
      groupsHeader: written.groups_header,
      secret: name === undefined || value === undefined ? undefined : { header: name, value },
    };
    return { type, ...options };
  });

  return {
    server,
    toServer,
    firstFactor: z.discriminatedUnion('type', [xsoar, ldap, htpasswd, header], {
      error: 'type must be one of xsoar, ldap, htpasswd, header',
    }),
    furtherPassword: z.discriminatedUnion('type', [xsoar, ldap, htpasswd], {
      error: 'type must be one of xsoar, ldap, htpasswd',
    }),
  };
};
