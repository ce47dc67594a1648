import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SimulatorOptions } from '../../src/simulator/index.ts';
import { missingCommand, missingFile, peersHome } from './peer.ts';

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** A client of others, run by a small program that takes a call a line. */
export interface PeerClient {
  readonly name: string;
  readonly signature: string;
  readonly command: readonly [program: string, ...args: string[]];
  /** The scheme that the simulator must recognize. */
  readonly scheme: string;
  readonly offersVerifiedPush: boolean;
  /** Why it cannot run here. */
  readonly missing: string | undefined;
  readonly version: () => string;
  /** How the simulator listens for it. */
  readonly options: SimulatorOptions;
  /** What the client does wrong whatever the server is. */
  readonly flaws: readonly Flaw[];
}

/** A flaw of a client, as the table names it. */
export type Flaw =
  | 'logo is no JSON'
  | 'signs * and ( as they are'
  | 'has no logo'
  | 'sends pushinfo under another name';

const output = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { encoding: 'utf8' }).trim();

/** The version of a package of Debian. */
export const installedVersion = (name: string): string =>
  /^Version: (.+)$/m.exec(output('dpkg-query', '-s', name))?.[1] ?? '';

const plain = { offersVerifiedPush: false, options: {}, flaws: [] } as const;

const driverOf = (name: string): string => fromRoot(`test/peers/${name}`);
const newestPython = `${peersHome}/python/bin/python`;

const python = (signature: string, scheme: string): PeerClient => ({
  ...plain,
  name: 'duo_client (PyPI)',
  signature,
  scheme,
  command: [newestPython, driverOf('duo-client-python/driver.py')],
  offersVerifiedPush: true,
  missing: missingFile(newestPython) ?? missingCommand(newestPython, ['-c', 'import duo_client']),
  version: () => pypiVersion('duo_client'),
});

const pypiVersion = (name: string): string =>
  output(newestPython, '-c', `import importlib.metadata as m; print(m.version("${name}"))`);

const debianPython = (signature: string, scheme: string): PeerClient => ({
  ...plain,
  name: 'duo_client (Debian)',
  signature,
  scheme,
  command: ['/usr/bin/python3', driverOf('duo-client-python/driver.py')],
  missing: missingCommand('/usr/bin/python3', ['-c', 'import duo_client']),
  version: () => installedVersion('python3-duo-client'),
});

const duoHmac: PeerClient = {
  ...plain,
  name: 'duo_hmac (PyPI)',
  signature: '5',
  scheme: 'v5/sha512',
  command: [newestPython, driverOf('duo-hmac-python/driver.py')],
  offersVerifiedPush: true,
  missing: missingFile(newestPython) ?? missingCommand(newestPython, ['-c', 'import duo_hmac']),
  version: () => pypiVersion('duo_hmac'),
};

const node = (signature: string, scheme: string): PeerClient => ({
  ...plain,
  name: '@duosecurity/duo_api (npm)',
  signature,
  scheme,
  command: [process.execPath, driverOf('duo-api-node/driver.js')],
  offersVerifiedPush: true,
  missing: undefined,
  version: () => packageVersion(fromRoot('node_modules/@duosecurity/duo_api')),
});

const packageVersion = (folder: string): string =>
  output(process.execPath, '-p', `require(${JSON.stringify(`${folder}/package.json`)}).version`);

const olderNode: PeerClient = {
  ...plain,
  name: 'duo-api (npm)',
  signature: '2',
  scheme: 'v2/sha1',
  command: [process.execPath, driverOf('duo-api-npm/driver.js')],
  offersVerifiedPush: true,
  missing: missingFile(`${peersHome}/npm/node_modules/duo-api`),
  version: () => packageVersion(`${peersHome}/npm/node_modules/duo-api`),
  flaws: ['logo is no JSON', 'signs * and ( as they are'],
};

const goDriver = `${peersHome}/bin/duo-api-golang`;

const go = (signature: string, scheme: string): PeerClient => ({
  ...plain,
  name: 'duo_api_golang (Go)',
  signature,
  scheme,
  command: [goDriver],
  offersVerifiedPush: signature === '5',
  missing: missingFile(goDriver),
  version: () =>
    /duo_api_golang\tv\S+-(\d{8})/.exec(output('go', 'version', '-m', goDriver))?.[1] ?? '',
});

const javaFolder = `${peersHome}/java`;

const mayListenOn443 = process.getuid?.() === 0 ? undefined : 'port 443 is for root';

const java = (signature: string, scheme: string): PeerClient => ({
  ...plain,
  name: 'duo-client (Maven)',
  signature,
  scheme,
  command: ['/bin/sh', driverOf('duo-client-java/run.sh')],
  offersVerifiedPush: true,
  missing: missingFile(`${javaFolder}/classes/Driver.class`) ?? mayListenOn443,
  version: () => /duo-client-([\d.]+)\.jar/.exec(output('ls', `${javaFolder}/lib`))?.[1] ?? '',
  // An address of its own, so that nothing else listens there.
  options: { host: '127.13.0.1', port: 443 },
});

const perl: PeerClient = {
  ...plain,
  name: 'Net::Duo (Debian)',
  signature: '2',
  scheme: 'v2/sha1',
  command: ['/usr/bin/perl', driverOf('net-duo-perl/driver.pl')],
  offersVerifiedPush: true,
  missing: missingCommand('/usr/bin/perl', ['-MNet::Duo', '-e', '1']),
  version: () => installedVersion('libnet-duo-perl'),
};

const rustLock = driverOf('duo-auth-rust/Cargo.lock');
const rustDriver = `${peersHome}/bin/duo-auth-rust`;

const rust: PeerClient = {
  ...plain,
  name: 'duo-auth (crates.io)',
  signature: '2',
  scheme: 'v2/sha1',
  command: [rustDriver],
  missing: missingFile(rustDriver),
  version: () => /"duo-auth"\nversion = "(.+)"/.exec(readFileSync(rustLock, 'utf8'))?.[1] ?? '',
  flaws: ['has no logo', 'sends pushinfo under another name'],
};

/** Every client in every signature that it offers. */
export const peerClients: readonly PeerClient[] = [
  debianPython('2/sha1', 'v2/sha1'),
  debianPython('2/sha512', 'v2/sha512'),
  python('5', 'v5/sha512'),
  python('4', 'v4/sha512'),
  python('2/sha512', 'v2/sha512'),
  duoHmac,
  node('2', 'v2/sha512'),
  node('5', 'v5/sha512'),
  olderNode,
  go('2', 'v2/sha512'),
  go('5', 'v5/sha512'),
  java('2', 'v2/sha512'),
  java('5', 'v5/sha512'),
  perl,
  rust,
];
