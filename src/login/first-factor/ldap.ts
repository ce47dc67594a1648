import { isIP } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import type { Client } from 'ldapts';
import { authoritiesWith } from '../../hosts/node/tls.ts';
import { isOnlySpelling } from '../accounts/names.ts';
import { type DistinguishedNames, loadDistinguishedNames } from './distinguished-names.ts';
import {
  type Credentials,
  type FirstFactorResult,
  FirstFactorUnavailableError,
  type Group,
  type PasswordFactor,
} from './first-factor.ts';

/** Where the directory is, and how a user is found in it. */
export interface LdapOptions {
  /** `ldap://` or `ldaps://`, with an optional port. The first that answers is used. */
  readonly urls: readonly string[];
  readonly startTls: boolean;
  /** Certificate authorities to accept besides the platform's, in PEM. */
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
        /** The attribute whose value is the canonical name of the user. */
        readonly usernameAttribute: string;
        /** The attribute that lists groups; `memberOf`. */
        readonly groupsAttribute: string;
        /** Where groups are, to find those that hold a user's groups; none when only direct ones count. */
        readonly nestedGroupsBase?: string | undefined;
      };
}

type Search = Extract<LdapOptions['find'], { by: 'search' }>;

interface Tools {
  readonly ldap: typeof import('ldapts');
  readonly names: DistinguishedNames;
}

const plain = /[A-Za-z0-9\-_.@\u0080-\u{10ffff}]/u;

/**
 * A value made safe inside a distinguished name: whatever is not plainly a letter, a digit or one of
 * `-_.@` becomes a hex pair, which RFC 4514 allows for every character.
 */
export const escapeDnValue = (value: string): string =>
  [...value]
    .map((letter) =>
      plain.test(letter) ? letter : `\\${letter.charCodeAt(0).toString(16).padStart(2, '0')}`,
    )
    .join('');

/** Put a value where the template says `{username}`. A function, since `$&` in a value is no command. */
export const fillIn = (template: string, value: string): string =>
  template.replaceAll('{username}', () => value);

const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string');

// An address has no name to be asked for; the certificate is checked against it all the same.
const serverName = (url: string): ConnectionOptions => {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? { servername: host } : { host };
};

/** Bind, and say whether the directory took the password. Other failures are thrown. */
const accepts = async ({ ldap }: Tools, client: Client, dn: string, password: string) => {
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

// LDAP_MATCHING_RULE_IN_CHAIN, which directories of the Active Directory kind have. Others find nothing
// by it instead of failing, so that its capability is asked for first.
const chainRule = '1.2.840.113556.1.4.1941';
const activeDirectory = '1.2.840.113556.1.4.800';

const assertHasChainRule = async (client: Client): Promise<void> => {
  const { searchEntries } = await client.search('', {
    scope: 'base',
    attributes: ['supportedCapabilities'],
  });
  if (!texts(searchEntries[0]?.['supportedCapabilities']).includes(activeDirectory)) {
    throw new Error('nested_groups needs a directory with the matching rule for chains.');
  }
};

const groupsOf = async (
  { ldap, names }: Tools,
  client: Client,
  find: Search,
  entry: Readonly<Record<string, unknown>> & { readonly dn: string },
): Promise<readonly Group[]> => {
  const direct = texts(entry[find.groupsAttribute]);
  if (find.nestedGroupsBase === undefined) {
    return direct.map(names.toGroup);
  }
  await client.bind(find.bindDn, find.bindPassword);
  await assertHasChainRule(client);
  const { searchEntries } = await client.search(find.nestedGroupsBase, {
    scope: 'sub',
    filter: `(member:${chainRule}:=${ldap.Filter.escape(entry.dn)})`,
    attributes: ['1.1'],
    paged: true,
  });
  const all = [...direct, ...searchEntries.map(({ dn }) => dn)].map(names.toGroup);
  return [...new Map(all.map((group) => [group.dn ?? group.name, group])).values()];
};

/** The one entry of a user, and its canonical name. */
const findUser = async ({ ldap }: Tools, client: Client, find: Search, username: string) => {
  await client.bind(find.bindDn, find.bindPassword);
  const { searchEntries } = await client.search(find.base, {
    scope: 'sub',
    filter: fillIn(find.filter, ldap.Filter.escape(username)),
    attributes: [find.usernameAttribute, find.groupsAttribute],
    sizeLimit: 2,
  });
  const [entry, second] = searchEntries;
  const only = second === undefined ? entry : undefined;
  return { only, name: texts(only?.[find.usernameAttribute])[0] };
};

const searchThenBind = async (
  tools: Tools,
  client: Client,
  find: Search,
  { username, password }: Credentials,
): Promise<FirstFactorResult> => {
  const { only, name } = await findUser(tools, client, find, username);
  // No entry, or two: a bind all the same, so that both take as long as a wrong password.
  const dn = only?.dn ?? `cn=no-such-user,${find.base}`;
  const isRight = await accepts(tools, client, dn, password);
  if (only === undefined || name === undefined || !isRight) {
    return { passed: false, username: name };
  }
  return { passed: true, username: name, groups: await groupsOf(tools, client, find, only) };
};

/** Users of an LDAP directory. */
export const createLdap = async (options: LdapOptions): Promise<PasswordFactor> => {
  const [ldap, names] = await Promise.all([import('ldapts'), loadDistinguishedNames()]);
  const tools: Tools = { ldap, names };
  const { find, timeoutMs, caFile } = options;
  const tlsOptions: ConnectionOptions = {
    minVersion: 'TLSv1.2',
    ...(caFile !== undefined && { ca: authoritiesWith('ca_file', caFile) }),
  };

  const connectedTo = async <T>(url: string, work: (client: Client) => Promise<T>): Promise<T> => {
    const client = new ldap.Client({
      url,
      timeout: timeoutMs,
      connectTimeout: timeoutMs,
      ...(url.startsWith('ldaps:') && { tlsOptions }),
    });
    try {
      if (options.startTls && url.startsWith('ldap:')) {
        await client.startTLS({ ...tlsOptions, ...serverName(url) });
      }
      return await work(client);
    } finally {
      await client.unbind().catch(() => undefined);
    }
  };

  const connected = async <T>(work: (client: Client) => Promise<T>): Promise<T> => {
    let cause: unknown;
    for (const url of options.urls) {
      try {
        return await connectedTo(url, work);
      } catch (error) {
        cause = error;
      }
    }
    throw new FirstFactorUnavailableError('The directory cannot be used.', { cause });
  };

  const bindDirectly = async (
    client: Client,
    userDn: string,
    { username, password }: Credentials,
  ): Promise<FirstFactorResult> =>
    (await accepts(tools, client, fillIn(userDn, escapeDnValue(username)), password))
      ? { passed: true, username, groups: [] }
      : { passed: false };

  return {
    kind: 'password',
    verify: async (credentials) => {
      // A bind without a password is an anonymous bind, and succeeds.
      if (credentials.password === '') {
        return { passed: false };
      }
      if (find.by === 'search') {
        return connected((client) => searchThenBind(tools, client, find, credentials));
      }
      // The entry's own name is not read here, so a name that the directory could take for another
      // spelling of it is refused: Duo would not know that one.
      return isOnlySpelling(credentials.username)
        ? connected((client) => bindDirectly(client, find.userDn, credentials))
        : { passed: false };
    },
    check: () =>
      connected(async (client) => {
        if (find.by === 'bind') {
          await client.search('', { scope: 'base', attributes: ['1.1'] });
          return 'the directory answers';
        }
        await client.bind(find.bindDn, find.bindPassword);
        await client.search(find.base, { scope: 'base', attributes: ['1.1'] });
        if (find.nestedGroupsBase !== undefined) {
          await assertHasChainRule(client);
          await client.search(find.nestedGroupsBase, { scope: 'base', attributes: ['1.1'] });
        }
        return 'the directory takes the search account and knows the base';
      }),
    ...(find.by === 'search' && {
      knows: (username: string) =>
        connected(async (client) => {
          const { name } = await findUser(tools, client, find, username);
          // A safe account is matched exactly, so its canonical name must be this one.
          return name === username;
        }),
    }),
  };
};
