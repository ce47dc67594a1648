// The client under load, against a TLS server on this machine that fails three calls in ten: whether anything
// is left of 100,000 calls. `npm run build`, then: node --expose-gc bench/client-load.js [calls]
import { getEventListeners } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { DuoClient, DuoError } from '../dist/index.mjs';

const calls = Number(process.argv[2] ?? 100_000);
const atOnce = 1000;
const answer = JSON.stringify({ stat: 'OK', response: { time: 1 } });
const refusal = JSON.stringify({
  stat: 'FAIL',
  code: 40002,
  message: 'Invalid request parameters',
});

const faults = [
  (request) => request.socket.destroy(),
  (_request, response) => response.end('<html>'),
  (_request, response) => response.writeHead(400).end(refusal),
];

let requests = 0;
const answerOrFail = (request, response) => {
  requests += 1;
  response.setHeader('Content-Type', 'application/json');
  const fault = faults[requests % 10];
  if (fault === undefined) {
    response.end(answer);
  } else {
    fault(request, response);
  }
};

const { generate } = await import('selfsigned');
const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
const server = createServer({ key, cert }, answerOrFail);
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

const duo = new DuoClient({
  hostname: `localhost:${server.address().port}`,
  ikey: 'DIXXXXXXXXXXXXXXXXXX',
  skey: 'x'.repeat(40),
  insecure: true,
});

const { signal } = new AbortController();
let failed = 0;
const run = async (count) => {
  let left = count;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await duo.check({ signal }).catch((error) => {
        if (!(error instanceof DuoError)) {
          throw error;
        }
        failed += 1;
      });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
};

const heapMib = async () => {
  // The connections that are kept are ended after a few seconds.
  await sleep(6000);
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1024 / 1024;
};

/** What Node still waits for, besides the server. */
const left = () =>
  process
    .getActiveResourcesInfo()
    .filter((name) => /^(?:TLSWrap|TCPSocketWrap|Timeout)$/.test(name));

await run(Math.min(calls, 3000));
const before = await heapMib();
const startedAtMs = performance.now();
await run(calls);
const seconds = (performance.now() - startedAtMs) / 1000;
const after = await heapMib();
server.closeAllConnections();
await sleep(100);

const result = {
  node: process.version,
  calls,
  failed,
  atOnce,
  callsPerSecond: Math.round(calls / seconds),
  heapBeforeMib: Number(before.toFixed(1)),
  heapAfterMib: Number(after.toFixed(1)),
  left: left(),
  listeners: getEventListeners(signal, 'abort').length,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
server.close();

const { BENCH_OUTPUT } = process.env;
if (BENCH_OUTPUT !== undefined) {
  const measurement = {
    id: 'left-over',
    title: `Heap that is left of ${calls.toLocaleString('en')} calls, three in ten of which fail`,
    unit: 'MB',
    contestants: [{ name: 'xsoar-duo', samples: [Math.max(0, after - before)] }],
    ours: 'xsoar-duo',
    target: 10,
  };
  writeFileSync(BENCH_OUTPUT, JSON.stringify([measurement]));
}
const isClean = result.left.length === 0 && result.listeners === 0 && after - before <= 10;
process.exit(isClean ? 0 : 1);
