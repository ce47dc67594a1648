// Samba as a domain controller: a directory of the Active Directory kind, which has the matching rule that
// finds the groups of groups.
// cspell:ignore Passw adminpass targetdir eadb addmembers
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLdap } from '../../src/login/first-factor/ldap.ts';
import { type ChildServer, startChild } from './child-server.ts';
import { describePeer, missingFile } from './peer.ts';

const program = '/usr/sbin/samba';

// Samba's directory listens on this port and no other.
const port = 389;
const base = 'dc=corp,dc=example';
const adminPassword = 'Passw0rd.of-the-administrator';
const gracePassword = 'Passw0rd.of-grace';

// TLS is tried with another directory.
const globals = `[global]
  interfaces = lo
  bind interfaces only = yes
  server services = ldap
  ldap server require strong auth = no
  tls enabled = no`;

describePeer('Samba', missingFile(program, '/usr/share/samba/setup/ad-schema'), () => {
  let folder: string;
  let samba: ChildServer;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'xsoar-duo-samba-'));
    const tool = (...args: readonly string[]) =>
      execFileSync('samba-tool', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    tool(
      'domain',
      'provision',
      '--server-role=dc',
      '--dns-backend=NONE',
      '--realm=CORP.EXAMPLE',
      '--domain=CORP',
      `--adminpass=${adminPassword}`,
      `--targetdir=${folder}`,
      `--option=posix:eadb=${join(folder, 'eadb.tdb')}`,
    );
    const config = join(folder, 'etc', 'smb.conf');
    writeFileSync(config, readFileSync(config, 'utf8').replace('[global]', globals));
    const at = ['-H', join(folder, 'private', 'sam.ldb'), '-s', config];
    tool('user', 'create', 'grace', gracePassword, ...at);
    for (const group of ['inner', 'outer', 'other']) {
      tool('group', 'add', group, ...at);
    }
    tool('group', 'addmembers', 'inner', 'grace', ...at);
    tool('group', 'addmembers', 'outer', 'inner', ...at);
    samba = await startChild(program, ['-F', '--model=single', '-s', config], port);
  });
  afterAll(async () => {
    await samba?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = (nestedGroupsBase?: string) =>
    createLdap({
      urls: [`ldap://127.0.0.1:${port}`],
      startTls: false,
      timeoutMs: 10_000,
      find: {
        by: 'search',
        bindDn: `cn=Administrator,cn=Users,${base}`,
        bindPassword: adminPassword,
        base,
        filter: '(|(sAMAccountName={username})(userPrincipalName={username}))',
        usernameAttribute: 'sAMAccountName',
        groupsAttribute: 'memberOf',
        nestedGroupsBase,
      },
    });

  it.each(['grace', 'GRACE', 'grace@corp.example'])(
    'knows %s as grace, with the groups of her groups',
    async (username) => {
      const ldap = await open(base);
      expect(await ldap.check()).toContain('knows the base');
      const result = await ldap.verify({ username, password: gracePassword });
      expect(result).toEqual({
        passed: true,
        username: 'grace',
        groups: [
          { name: 'inner', dn: expect.any(String) },
          { name: 'outer', dn: expect.any(String) },
        ],
      });
    },
  );

  it('gives her own groups alone when no more are asked for', async () => {
    const result = await (await open()).verify({ username: 'grace', password: gracePassword });
    expect(result).toMatchObject({ passed: true, groups: [{ name: 'inner' }] });
  });

  it('refuses a wrong password', async () => {
    const result = await (await open(base)).verify({ username: 'GRACE', password: 'wrong' });
    expect(result).toEqual({ passed: false, username: 'grace' });
  });
});
