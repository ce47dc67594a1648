import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import type { Client } from 'ldapts';
import { loadOptionalPackage } from '../../optional/load-optional-package.ts';
import {
  type Credentials,
  type FirstFactorResult,
  FirstFactorUnavailableError,
  type PasswordFactor,
} from './first-factor.ts';
import { escapeDnValue, fillIn } from './ldap-escape.ts';

/** Where the directory is, and how a user is found in it. */
export interface LdapOptions {
  /** `ldap://` or `ldaps://`, with an optional port. */
  readonly url: string;
  readonly startTls: boolean;
  /** Certificate authorities to trust, in PEM. */
  readonly caFile?: string | undefined;
  readonly timeoutMs: number;
  readonly find:
    | {
        /** Bind as the user, under a name such as `uid={username},ou=people,dc=example,dc=com`. */
        readonly by: 'bind';
        readonly userDn: string;
      }
    | {
        /** Search for the user first, then bind as the entry that was found. */
        readonly by: 'search';
        readonly bindDn: string;
        readonly bindPassword: string;
        readonly base: string;
        /** Such as `(uid={username})`. */
        readonly filter: string;
        /** The attribute whose value is the user's name for Duo. */
        readonly usernameAttribute: string;
        /** The attribute that lists groups; `memberOf`. */
        readonly groupsAttribute: string;
      };
}

type Ldap = typeof import('ldapts');

const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string');

// `cn=soc,ou=groups,dc=example` is the group "soc"; a plain name is itself.
const groupName = (value: string): string => /^cn=([^,+]+)/i.exec(value)?.[1] ?? value;

// An address has no name to be asked for; the certificate is checked against it all the same.
const serverName = (url: string): ConnectionOptions => {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? { servername: host } : { host };
};

/** Bind, and say whether the directory took the password. Other failures are thrown. */
const accepts = async (ldap: Ldap, client: Client, dn: string, password: string) => {
  try {
    await client.bind(dn, password);
    return true;
  } catch (error) {
    // A name that is no entry or no valid name is a wrong login, not a broken directory.
    if (
      error instanceof ldap.InvalidCredentialsError ||
      error instanceof ldap.NoSuchObjectError ||
      error instanceof ldap.InvalidDNSyntaxError
    ) {
      return false;
    }
    throw error;
  }
};

type Search = Extract<LdapOptions['find'], { by: 'search' }>;

const searchThenBind = async (
  ldap: Ldap,
  client: Client,
  find: Search,
  { username, password }: Credentials,
): Promise<FirstFactorResult> => {
  await client.bind(find.bindDn, find.bindPassword);
  const { searchEntries } = await client.search(find.base, {
    scope: 'sub',
    filter: fillIn(find.filter, ldap.Filter.escape(username)),
    attributes: [find.usernameAttribute, find.groupsAttribute],
    sizeLimit: 2,
  });
  const [entry, second] = searchEntries;
  const name = texts(entry?.[find.usernameAttribute])[0];
  // Nobody found, or two: a bind all the same, so that both take as long as a wrong password.
  const dn = entry !== undefined && second === undefined ? entry.dn : `cn=nobody,${find.base}`;
  const right = await accepts(ldap, client, dn, password);
  return right && name !== undefined && second === undefined
    ? {
        passed: true,
        username: name,
        groups: texts(entry?.[find.groupsAttribute]).map(groupName),
      }
    : { passed: false };
};

/** Users of an LDAP directory. */
export const createLdap = async (options: LdapOptions): Promise<PasswordFactor> => {
  const ldap = await loadOptionalPackage('ldapts', () => import('ldapts'));
  const { find, timeoutMs } = options;
  const tlsOptions: ConnectionOptions = {
    minVersion: 'TLSv1.2',
    ...(options.caFile !== undefined && { ca: readFileSync(options.caFile, 'utf8') }),
  };

  const connected = async <T>(work: (client: Client) => Promise<T>): Promise<T> => {
    const client = new ldap.Client({
      url: options.url,
      timeout: timeoutMs,
      connectTimeout: timeoutMs,
      ...(options.url.startsWith('ldaps:') && { tlsOptions }),
    });
    try {
      if (options.startTls) {
        await client.startTLS({ ...tlsOptions, ...serverName(options.url) });
      }
      return await work(client);
    } catch (cause) {
      throw new FirstFactorUnavailableError('The directory cannot be used.', { cause });
    } finally {
      await client.unbind().catch(() => undefined);
    }
  };

  const bindDirectly = async (
    client: Client,
    userDn: string,
    { username, password }: Credentials,
  ): Promise<FirstFactorResult> =>
    (await accepts(ldap, client, fillIn(userDn, escapeDnValue(username)), password))
      ? { passed: true, username, groups: [] }
      : { passed: false };

  return {
    kind: 'password',
    verify: async (credentials) => {
      // A bind without a password is an anonymous bind, and succeeds.
      if (credentials.password === '') {
        return { passed: false };
      }
      return connected((client) =>
        find.by === 'bind'
          ? bindDirectly(client, find.userDn, credentials)
          : searchThenBind(ldap, client, find, credentials),
      );
    },
    check: () =>
      connected(async (client) => {
        if (find.by === 'bind') {
          await client.search('', { scope: 'base', attributes: ['1.1'] });
          return 'the directory answers';
        }
        await client.bind(find.bindDn, find.bindPassword);
        await client.search(find.base, { scope: 'base', attributes: ['1.1'] });
        return 'the directory takes the search account and knows the base';
      }),
  };
};
