import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCertificate } from '../../src/simulator/server/certificate.ts';
import { freePort } from '../../testing/free-port.ts';
import { startChild } from './child-server.ts';

const program = '/usr/sbin/slapd';

/** The programs that a suite needs. */
export const slapdPrograms: readonly string[] = [program];

/** Where the people are. */
export const peopleBase = 'ou=people,dc=example,dc=com';

/** An account that may search. */
export const searchAccount = {
  bindDn: 'cn=search,dc=example,dc=com',
  bindPassword: 'search-password',
} as const;

/** Someone in the directory, whose password is the name and `-password`. @param more lines of LDIF. */
export const person = (uid: string, more = ''): string => `dn: uid=${uid},${peopleBase}
objectClass: inetOrgPerson
uid: ${uid}
cn: ${uid}
sn: ${uid}
userPassword: ${uid}-password
${more}
`;

const root = `dn: dc=example,dc=com
objectClass: dcObject
objectClass: organization
o: Example
dc: example

dn: ${peopleBase}
objectClass: organizationalUnit
ou: people

dn: ${searchAccount.bindDn}
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: search
userPassword: ${searchAccount.bindPassword}

`;

/** A real directory. */
export interface Slapd {
  readonly url: string;
  /** A file with the password of {@link searchAccount}. */
  readonly searchPasswordFile: string;
  /** Of the certificate that it shows after StartTLS. */
  readonly caFile: string;
  close(): Promise<void>;
}

/** Start OpenLDAP's server with these people. */
export const startSlapd = async (people: readonly string[]): Promise<Slapd> => {
  const folder = mkdtempSync(join(tmpdir(), 'xsoar-duo-slapd-'));
  mkdirSync(join(folder, 'db'));
  const certificate = await createCertificate(['127.0.0.1']);
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
access to * by dn.exact=${searchAccount.bindDn} read by anonymous auth
`,
  );
  const port = await freePort();
  const url = `ldap://127.0.0.1:${port}`;
  const seed = file('seed.ldif', root + people.join('\n'));
  execFileSync('/usr/sbin/slapadd', ['-f', config, '-l', seed]);
  const slapd = await startChild(program, ['-d', '0', '-h', url, '-f', config], port);
  return {
    url,
    searchPasswordFile: file('search-password', searchAccount.bindPassword),
    caFile: certificate.caFile,
    close: async () => {
      await slapd.stop();
      await certificate.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
