import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLdap, type LdapOptions } from '../../src/login/first-factor/ldap.ts';
import { describePeer, missingFile } from './peer.ts';
import {
  peopleBase as base,
  person,
  type Slapd,
  searchAccount,
  slapdPrograms,
  startSlapd,
} from './slapd.ts';

const people = [
  person('alice', 'employeeType: cn=soc,ou=groups,dc=example,dc=com\nemployeeType: staff'),
  person('bob'),
  person('twin', 'description: double'),
  person('twin2', 'description: double'),
];

describePeer('slapd', missingFile(...slapdPrograms), () => {
  let slapd: Slapd;
  beforeAll(async () => {
    slapd = await startSlapd(people);
  });
  afterAll(() => slapd?.close());

  const search = {
    by: 'search',
    ...searchAccount,
    base,
    filter: '(&(objectClass=inetOrgPerson)(uid={username}))',
    usernameAttribute: 'uid',
    groupsAttribute: 'employeeType',
  } as const;
  const open = (more: Partial<LdapOptions> = {}) =>
    createLdap({ urls: [slapd.url], startTls: false, timeoutMs: 5_000, find: search, ...more });
  const direct = { find: { by: 'bind', userDn: `uid={username},${base}` } } as const;

  describe('searched first', () => {
    it('takes a right password, and gives the name and groups of the entry', async () => {
      const ldap = await open();
      const result = await ldap.verify({ username: 'ALICE', password: 'alice-password' });
      expect(result).toEqual({
        passed: true,
        username: 'alice',
        groups: [{ name: 'soc', dn: expect.any(String) }, { name: 'staff' }],
      });
    });

    it.each([
      ['a wrong password', 'alice', 'wrong'],
      ['no password', 'alice', ''],
      ['nobody', 'no-such-user', 'x'],
      ['a wildcard', '*', 'alice-password'],
      ['a prefix', 'ali*', 'alice-password'],
      ['a filter', 'alice)(uid=*', 'alice-password'],
      ['an alternative', '*)(|(uid=*', 'alice-password'],
      ['the name of an entry', `uid=alice,${base}`, 'alice-password'],
    ])('refuses %s', async (_what, username, password) => {
      expect(await (await open()).verify({ username, password })).toMatchObject({ passed: false });
    });

    it('refuses a name that two entries have', async () => {
      const ldap = await open({ find: { ...search, filter: '(description={username})' } });
      const credentials = { username: 'double', password: 'twin-password' };
      expect(await ldap.verify(credentials)).toEqual({ passed: false });
    });

    it('says so when the search account is not taken', async () => {
      const ldap = await open({ find: { ...search, bindPassword: 'wrong' } });
      await expect(ldap.verify({ username: 'alice', password: 'alice-password' })).rejects.toThrow(
        'The directory cannot be used',
      );
      await expect(ldap.check()).rejects.toThrow();
      expect(await (await open()).check()).toContain('knows the base');
    });
  });

  describe('bound directly', () => {
    it('takes a right password and no other', async () => {
      const ldap = await open(direct);
      const verify = (username: string, password: string) => ldap.verify({ username, password });
      expect(await verify('bob', 'bob-password')).toMatchObject({ passed: true, username: 'bob' });
      expect(await verify('bob', 'wrong')).toEqual({ passed: false });
      expect(await verify('nobody', 'x')).toEqual({ passed: false });
      expect(await verify(`alice,${base}`, 'alice-password')).toEqual({ passed: false });
      expect(await verify('bob+cn=bob', 'bob-password')).toEqual({ passed: false });
    });
  });

  it.each(['BOB', 'ｂｏｂ', 'bób', 'bo\u00adb', 'bob '])(
    'bound directly, %j is refused: the directory may take it for bob, and Duo does not know it',
    async (username) => {
      const ldap = await open(direct);
      expect(await ldap.verify({ username, password: 'bob-password' })).toEqual({ passed: false });
    },
  );

  it('searched first, every spelling that the directory takes is the name of the entry', async () => {
    const ldap = await open();
    for (const username of ['BOB', 'ｂｏｂ', 'bob ']) {
      const result = await ldap.verify({ username, password: 'bob-password' });
      expect(result).toMatchObject({ passed: true, username: 'bob' });
    }
  });

  it('that is the second of two servers is used when the first is away', async () => {
    const ldap = await open({ urls: ['ldap://127.0.0.1:1', slapd.url] });
    const credentials = { username: 'bob', password: 'bob-password' };
    expect(await ldap.verify(credentials)).toMatchObject({ passed: true });
  });

  it('without the matching rule for chains is refused for nested groups', async () => {
    const ldap = await open({ find: { ...search, nestedGroupsBase: 'dc=example,dc=com' } });
    await expect(ldap.check()).rejects.toThrow('The directory cannot be used');
  });

  describe('over StartTLS', () => {
    it('works with the right authority, and with no other', async () => {
      const credentials = { username: 'bob', password: 'bob-password' };
      const trusting = await open({ ...direct, startTls: true, caFile: slapd.caFile });
      expect(await trusting.verify(credentials)).toMatchObject({ passed: true });
      const stranger = await open({ ...direct, startTls: true });
      await expect(stranger.verify(credentials)).rejects.toThrow('The directory cannot be used');
    });
  });

  it('that is away lets no one in', async () => {
    const ldap = await open({ urls: ['ldap://127.0.0.1:1'] });
    await expect(ldap.verify({ username: 'bob', password: 'bob-password' })).rejects.toThrow();
  });
});
