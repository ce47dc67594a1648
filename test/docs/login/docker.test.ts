import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { freePort } from '../../../testing/free-port.ts';
import { makeSelfSigned } from '../../../testing/openssl-chain.ts';
import { startGateway } from '../../../testing/running-gateway.ts';
import { simulatorForFile } from '../../../testing/simulator-for-file.ts';

const text = readFileSync('docs/login/docker/Dockerfile', 'utf8');
const simulator = simulatorForFile();

// There is no engine here to build it: what can be read in it is checked.
describe('the Dockerfile', () => {
  it('has no fault that a linter finds', () => {
    expect(validate(text)).toEqual([]);
  });

  it('is pinned, runs as no root, and has a health check', () => {
    expect(text).toMatch(/^ARG NODE=node:\d+\.\d+\.\d+-\w+-slim$/m);
    expect(text.split('\n').filter((line) => line.startsWith('FROM'))).toEqual([
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Docker's own placeholder
      'FROM ${NODE} AS build',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Docker's own placeholder
      'FROM ${NODE}',
    ]);
    expect(text).toMatch(/^USER node$/m);
    expect(text).toMatch(/^HEALTHCHECK /m);
  });

  it('copies files that exist and that .dockerignore lets in', () => {
    const ignored = readFileSync('.dockerignore', 'utf8').split('\n');
    const copied = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = '']) =>
      names.split(' '),
    );
    expect(copied.length).toBeGreaterThan(2);
    for (const name of copied.filter((one) => one !== '.')) {
      expect(existsSync(name), name).toBe(true);
      expect(ignored, name).toContain(`!${name.split('/', 1)[0]}`);
    }
    expect(ignored).toContain('*');
  });
});

describe("the container's health check", () => {
  const check = async (port: number): Promise<number> =>
    promisify(execFile)(process.execPath, [
      'docs/login/docker/health-check.mjs',
      String(port),
    ]).then(
      () => 0,
      ({ code }) => code,
    );

  it('passes a gateway that is ready, and no other port', async () => {
    const port = await freePort();
    await startGateway({ simulator: simulator(), port });
    expect(await check(port)).toBe(0);
    expect(await check(await freePort())).toBe(1);
  });

  it('follows TLS', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'xsoar-duo-health-'));
    const { certFile, keyFile } = makeSelfSigned(folder);
    const port = await freePort();
    await startGateway({
      simulator: simulator(),
      port,
      settings: { tls: `{ cert_file: '${certFile}', key_file: '${keyFile}' }` },
    });
    expect(await check(port)).toBe(0);
    // Something else with TLS is not a gateway that is ready.
    expect(await check(Number(new URL(simulator().url).port))).toBe(1);
    rmSync(folder, { recursive: true });
  });
});
