import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Made } from '../../testing/openssl-chain.ts';
import { type ChildServer, startChild } from './child-server.ts';

/** The proxies that have a configuration in the guide and run here. */
export const proxies = ['nginx', 'haproxy', 'caddy'] as const;
export type ProxyName = (typeof proxies)[number];

/** What the guide has configurations for. */
export type ProtectedCase = 'application' | 'xsoar';

/** Where each program is, as Debian installs it. */
export const programs = {
  nginx: '/usr/sbin/nginx',
  haproxy: '/usr/sbin/haproxy',
  caddy: '/usr/bin/caddy',
} as const;

/** What is in the configuration of the guide for one's own names, in a test. */
export interface Placement {
  readonly folder: string;
  readonly certificate: Made;
  /** The file of the authority that vouches for the upstream. */
  readonly caFile: string;
  readonly ports: {
    readonly https: number;
    readonly http: number;
    readonly gateway: number;
    readonly upstream: number;
  };
}

const guide = (path: string): string => readFileSync(`docs/login/${path}`, 'utf8');

/** A file of the guide as it is published: names, addresses and certificates are all that changes. */
export const placed = (text: string, { ports, caFile }: Placement): string =>
  text
    .replaceAll('https://soar.example.com', `https://localhost:${ports.https}`)
    .replaceAll('soar.example.com', 'localhost')
    .replaceAll('127.0.0.1:8443', `127.0.0.1:${ports.gateway}`)
    .replaceAll('127.0.0.1:8000', `127.0.0.1:${ports.upstream}`)
    .replaceAll('xsoar.internal:443', `127.0.0.1:${ports.upstream}`)
    .replaceAll('xsoar.internal', 'localhost')
    .replaceAll('/etc/ssl/xsoar-ca.pem', caFile);

/** Each writes its files and names the arguments to start with. */
const prepare: Readonly<
  Record<ProxyName, (kind: ProtectedCase, at: Placement) => readonly string[]>
> = {
  nginx: (kind, at) => {
    const { folder, ports, certificate } = at;
    const site = placed(guide(`nginx/${kind}.conf`), at)
      .replace(/listen (\[::\]:)?443/g, `listen $1${ports.https}`)
      .replace(/listen (\[::\]:)?80;/g, `listen $1${ports.http};`)
      .replaceAll('/etc/ssl/localhost.pem', certificate.certFile)
      .replaceAll('/etc/ssl/private/localhost.key', certificate.keyFile);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((name) => `${name}_temp_path tmp_${name};`)
      .join('\n');
    writeFileSync(
      join(folder, 'nginx.conf'),
      `load_module /usr/lib/nginx/modules/ngx_http_headers_more_filter_module.so;
daemon off; worker_processes 1; pid nginx.pid; error_log stderr warn;
events {}
http { access_log off; ${temporary}
${site} }`,
    );
    return ['-p', folder, '-c', 'nginx.conf'];
  },
  haproxy: (kind, at) => {
    const { folder, ports, certificate } = at;
    const pem = join(folder, 'haproxy.pem');
    writeFileSync(pem, certificate.cert + certificate.key);
    writeFileSync(join(folder, 'duo.lua'), placed(guide('haproxy/duo.lua'), at));
    writeFileSync(
      join(folder, 'haproxy.cfg'),
      placed(guide(`haproxy/${kind}.cfg`), at)
        .replace(':::443', `:::${ports.https}`)
        .replace(':::80', `:::${ports.http}`)
        .replace('/etc/haproxy/duo.lua', join(folder, 'duo.lua'))
        .replace('/etc/haproxy/localhost.pem', pem)
        // Changing the user takes root, and a log a running journal.
        .replace(/^ {4}(user|group|log \/dev\/log) .*$/gm, ''),
    );
    return ['-f', join(folder, 'haproxy.cfg')];
  },
  caddy: (kind, at) => {
    const { folder, ports, certificate } = at;
    const file = join(folder, 'Caddyfile');
    writeFileSync(
      file,
      placed(guide(`caddy/${kind}.Caddyfile`), at)
        .replace(
          /^\{$/m,
          `{\nadmin off\nhttp_port ${ports.http}\nhttps_port ${ports.https}\nstorage file_system ${folder}`,
        )
        .replace(
          /^localhost \{$/m,
          `localhost {\ntls ${certificate.certFile} ${certificate.keyFile}`,
        ),
    );
    return ['run', '--config', file, '--adapter', 'caddyfile'];
  },
};

/** Start a proxy with the configuration of the guide. */
export const startProxy = async (
  name: ProxyName,
  kind: ProtectedCase,
  at: Placement,
): Promise<ChildServer> => {
  mkdirSync(at.folder, { recursive: true });
  return startChild(programs[name], prepare[name](kind, at), at.ports.https);
};
