import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate and its key, in PEM, and the files that hold them. */
export interface Made {
  readonly cert: string;
  readonly key: string;
  readonly certFile: string;
  readonly keyFile: string;
}

/** When a certificate holds, and for whom. */
export interface Wanted {
  readonly from?: Date;
  readonly to?: Date;
  /** Such as `DNS:localhost`. */
  readonly names?: string;
}

const openssl = (args: readonly string[]): string =>
  execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

const day = 86_400_000;

/** `YYYYMMDDHHMMSSZ`, as openssl wants it. */
const stamp = (date: Date): string => `${date.toISOString().replace(/[-:T]|\.\d+Z/g, '')}Z`;

const config = (folder: string, names: string, isAuthority: boolean): string => `
[ca]
default_ca = this
[this]
database = ${folder}/index.txt
new_certs_dir = ${folder}
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
[req]
distinguished_name = name
prompt = no
[name]
[extensions]
basicConstraints = critical, CA:${isAuthority ? 'TRUE' : 'FALSE'}
subjectKeyIdentifier = hash
${isAuthority ? 'keyUsage = critical, keyCertSign, cRLSign' : `subjectAltName = ${names}`}
`;

/** An authority made by openssl, that signs what it is asked to. */
export interface Authority extends Made {
  readonly sign: (name: string, wanted?: Wanted) => Made;
  /** A certificate for `localhost` that this authority has nothing to do with. */
  readonly alone: () => Made;
}

/**
 * Make an authority in a folder of its own.
 *
 * @param commonName what its certificate calls it.
 */
export const makeAuthority = (parent: string, commonName: string, life: Wanted = {}): Authority => {
  const folder = join(parent, `ca-${Math.random().toString(36).slice(2)}`);
  mkdirSync(folder);
  writeFileSync(join(folder, 'index.txt'), '');
  let made = 0;
  const filesFor = (name: string) => ({
    keyFile: join(folder, `${name}.key`),
    certFile: join(folder, `${name}.pem`),
    requestFile: join(folder, `${name}.csr`),
    configFile: join(folder, `${name}.cnf`),
  });

  // One name may be signed for many times.
  const nextFile = () => {
    made += 1;
    return `signed-${made}`;
  };

  const make = (name: string, subject: string, wanted: Wanted, by: 'itself' | 'root'): Made => {
    const { keyFile, certFile, requestFile, configFile } = filesFor(name);
    const { from = new Date(Date.now() - day), to = new Date(Date.now() + day) } = wanted;
    writeFileSync(configFile, config(folder, wanted.names ?? 'DNS:localhost', name === 'root'));
    openssl(['ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', keyFile]);
    openssl([
      ...['req', '-new', '-config', configFile, '-key', keyFile],
      ...['-subj', `/CN=${subject}`, '-out', requestFile],
    ]);
    const root = filesFor('root');
    openssl([
      ...['ca', '-batch', '-notext', '-config', configFile, '-extensions', 'extensions'],
      ...['-startdate', stamp(from), '-enddate', stamp(to), '-in', requestFile, '-out', certFile],
      ...(by === 'itself'
        ? ['-selfsign', '-keyfile', keyFile]
        : ['-keyfile', root.keyFile, '-cert', root.certFile]),
    ]);
    return {
      cert: readFileSync(certFile, 'utf8'),
      key: readFileSync(keyFile, 'utf8'),
      certFile,
      keyFile,
    };
  };

  return {
    ...make('root', commonName, life, 'itself'),
    sign: (name, wanted = {}) => make(nextFile(), name, wanted, 'root'),
    alone: () => make(nextFile(), 'localhost', {}, 'itself'),
  };
};

/** Make a certificate that vouches for itself. */
export const makeSelfSigned = (parent: string): Made => makeAuthority(parent, 'unused').alone();

/** A public key as a pin, computed by openssl alone. */
export const pinOf = ({ certFile }: Made): string =>
  execFileSync(
    'sh',
    [
      '-c',
      'openssl x509 -in "$0" -pubkey -noout | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | openssl base64',
      certFile,
    ],
    { encoding: 'utf8' },
  ).trim();
