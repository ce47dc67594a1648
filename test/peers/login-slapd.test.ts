import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLdap, type LdapOptions } from '../../src/login/first-factor/ldap.ts';
import { createCertificate } from '../../src/simulator/server/certificate.ts';
import { freePort } from '../../testing/free-port.ts';
import { type ChildServer, startChild } from './child-server.ts';
import { describePeer, missingFile } from './peer.ts';

const program = '/usr/sbin/slapd';
const base = 'ou=people,dc=example,dc=com';

const person = (uid: string, more = '') => `dn: uid=${uid},${base}
objectClass: inetOrgPerson
uid: ${uid}
cn: ${uid}
sn: ${uid}
userPassword: ${uid}-password
${more}
`;

const seed = `dn: dc=example,dc=com
objectClass: dcObject
objectClass: organization
o: Example
dc: example

dn: ${base}
objectClass: organizationalUnit
ou: people

dn: cn=search,dc=example,dc=com
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: search
userPassword: search-password

${person('alice', 'employeeType: cn=soc,ou=groups,dc=example,dc=com\nemployeeType: staff')}
${person('bob')}
${person('twin', 'description: double')}
${person('twin2', 'description: double')}`;

describePeer('slapd', missingFile(program), () => {
  let slapd: ChildServer;
  let folder: string;
  let url: string;
  let certificate: Awaited<ReturnType<typeof createCertificate>>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'xsoar-duo-slapd-'));
    mkdirSync(join(folder, 'db'));
    certificate = await createCertificate(['127.0.0.1']);
    const file = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text, { mode: 0o600 });
      return join(folder, name);
    };
    const config = file(
      'slapd.conf',
      `include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
TLSCertificateFile ${file('cert.pem', certificate.cert)}
TLSCertificateKeyFile ${file('key.pem', certificate.key)}
database mdb
suffix dc=example,dc=com
directory ${join(folder, 'db')}
maxsize 1048576
access to attrs=userPassword by anonymous auth
access to * by dn.exact=cn=search,dc=example,dc=com read by anonymous auth
`,
    );
    const port = await freePort();
    url = `ldap://127.0.0.1:${port}`;
    execFileSync('/usr/sbin/slapadd', ['-f', config, '-l', file('seed.ldif', seed)]);
    slapd = await startChild(program, ['-d', '0', '-h', url, '-f', config], port);
  });
  afterAll(async () => {
    await slapd?.stop();
    await certificate?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const search = {
    by: 'search',
    bindDn: 'cn=search,dc=example,dc=com',
    bindPassword: 'search-password',
    base,
    filter: '(&(objectClass=inetOrgPerson)(uid={username}))',
    usernameAttribute: 'uid',
    groupsAttribute: 'employeeType',
  } as const;
  const open = (more: Partial<LdapOptions> = {}) =>
    createLdap({ urls: [url], startTls: false, timeoutMs: 5_000, find: search, ...more });
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
    const ldap = await open({ urls: ['ldap://127.0.0.1:1', url] });
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
      const trusting = await open({ ...direct, startTls: true, caFile: certificate.caFile });
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
