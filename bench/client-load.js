// The client under load, against a TLS server on this machine that answers at once: calls a second,
// and whether memory grows. `npm run build`, then: node --expose-gc bench/client-load.js [calls]
import { createServer } from 'node:https';
import process from 'node:process';
import { DuoClient } from '../dist/index.mjs';

const calls = Number(process.argv[2] ?? 100_000);
const atOnce = 100;
const reply = JSON.stringify({ stat: 'OK', response: { time: 1 } });

const { generate } = await import('selfsigned');
const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
const server = createServer({ key, cert }, (_request, response) => void response.end(reply));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

const duo = new DuoClient({
  hostname: `localhost:${server.address().port}`,
  ikey: 'DIXXXXXXXXXXXXXXXXXX',
  skey: 'x'.repeat(40),
  insecure: true,
});

const { signal } = new AbortController();
const run = async (count) => {
  let left = count;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await duo.check({ signal });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
};

const heapMib = () => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1024 / 1024;
};

await run(Math.min(calls, 2000));
const before = heapMib();
const startedAtMs = performance.now();
await run(calls);
const seconds = (performance.now() - startedAtMs) / 1000;
const after = heapMib();

process.stdout.write(
  `${JSON.stringify({
    node: process.version,
    calls,
    atOnce,
    callsPerSecond: Math.round(calls / seconds),
    heapBeforeMib: Number(before.toFixed(1)),
    heapAfterMib: Number(after.toFixed(1)),
  })}\n`,
);
server.closeAllConnections();
server.close();
// Idle connections are kept for the next call.
process.exit(after - before > 10 ? 1 : 0);
