import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from './child-server.ts';

/** Where Debian installs it. */
export const nginxProgram = '/usr/sbin/nginx';

/** The ports on this machine of nginx, the gateway and the application behind. */
export interface FrontPorts {
  readonly nginx: number;
  readonly gateway: number;
  readonly application: number;
}

// The example of the guide, of which only addresses and TLS differ.
const configure = (ports: FrontPorts): string => {
  const example = readFileSync('docs/login/nginx.conf', 'utf8')
    .replace('127.0.0.1:443 ssl', `127.0.0.1:${ports.nginx}`)
    .replace(/^\s*ssl_certificate.*$/gm, '')
    .replaceAll('127.0.0.1:8443', `127.0.0.1:${ports.gateway}`)
    .replaceAll('127.0.0.1:8000', `127.0.0.1:${ports.application}`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path tmp_${name};`)
    .join('\n');
  return `daemon off; worker_processes 1; pid nginx.pid; error_log stderr warn;
events {}
http { access_log off; ${temporary}
${example} }`;
};

/** nginx in front of a gateway and an application, configured as the guide says. */
export const startNginxFront = async (
  ports: FrontPorts,
): Promise<{ readonly close: () => Promise<void> }> => {
  const folder = mkdtempSync(join(tmpdir(), 'xsoar-duo-nginx-'));
  writeFileSync(join(folder, 'nginx.conf'), configure(ports));
  const nginx = await startChild(nginxProgram, ['-p', folder, '-c', 'nginx.conf'], ports.nginx);
  return {
    close: async () => {
      await nginx.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
