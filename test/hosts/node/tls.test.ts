import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { DuoClient } from '../../../src/index.ts';
import { rejection } from '../../../testing/caught.ts';
import { keys } from '../../../testing/keys.ts';
import { allowBody, type FaultServer, rawReply, startFaultServer } from './fault-server.ts';

const start = async (): Promise<FaultServer> => {
  const server = await startFaultServer((socket) => void socket.write(rawReply(allowBody)));
  onTestFinished(server.close);
  return server;
};

const push = { username: 'alice', factor: 'push' } as const;

it('adds the authority of a file for the client that names it, and for no other', async () => {
  const { hostname, caFile } = await start();
  const named = new DuoClient({ hostname, ...keys, caFile });
  const other = new DuoClient({ hostname, ...keys });
  expect(await named.auth(push)).toHaveProperty('result', 'allow');
  expect(await rejection(other.auth(push))).toMatchObject({ kind: 'tls', sent: 'no' });
});

it("keeps the platform's authorities beside those of a file", async () => {
  const [ofPlatform, ofFile, ofNeither] = [await start(), await start(), await start()];
  const args = [ofFile.caFile, ...[ofPlatform, ofFile, ofNeither].map(({ hostname }) => hostname)];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['scripts/run.js', 'test/hosts/node/tls-process.ts', ...args],
    { env: { ...process.env, NODE_EXTRA_CA_CERTS: ofPlatform.caFile } },
  );
  expect(stdout).toBe('allow\nallow\ntls\n');
});
