// 5,000 pending transactions and 200 long polls at once: does every poll get its own answer, in the
// order of answering, and what does it cost? Run `npm run build`, then `node bench/simulator-load.js`.
// Ends with 1 when an answer is lost, wrong or out of order, or memory passes the limit.
import { fork } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

const transactions = 5000;
const pollsAtOnce = 200;
const startsAtOnce = 50;
const memoryLimitMb = 150;

// V8 lets its nursery grow to 48 MB, whatever is in it. Held to 24, the figure is the simulator's own.
const execArgv = ['--max-semi-space-size=8'];

// The service runs in a process of its own, so that its memory is its own.
const serve = async () => {
  const { startSimulator } = await import('../dist/simulator.mjs');
  const simulator = await startSimulator({
    config: {
      settings: { pushExpiresInSeconds: 3600, longPollSeconds: 600 },
      users: [
        {
          username: 'grace',
          answer: 'manual',
          devices: [{ kind: 'smartphone', number: '+1 734 555 0107' }],
        },
      ],
    },
  });
  let peakMb = 0;
  setInterval(() => {
    peakMb = Math.max(peakMb, process.memoryUsage.rss() / 2 ** 20);
  }, 20).unref();
  const commands = {
    answer: ({ txid, answer }) => simulator.control.answer(txid, answer),
    pending: () => simulator.control.pending().length,
    memory: () => ({ peakMb, rssMb: process.memoryUsage.rss() / 2 ** 20 }),
  };
  process.on('message', ({ id, command, ...args }) => {
    process.send({ id, result: commands[command](args) });
  });
  process.on('disconnect', () => simulator.close());
  const { hostname, ikey, skey, caFile } = simulator;
  process.send({ ready: { hostname, ikey, skey, caFile } });
};

const createServer = () => {
  const child = fork(fileURLToPath(import.meta.url), ['serve'], { execArgv });
  const waiting = new Map();
  let nextId = 1;
  child.on('message', ({ id, result }) => {
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  const ask = (command, args = {}) =>
    new Promise((resolve) => {
      const id = nextId;
      nextId += 1;
      waiting.set(id, resolve);
      child.send({ id, command, ...args });
    });
  return { child, ask };
};

const createClient = ({ hostname, ikey, skey, caFile }) => {
  const agent = new Agent({ keepAlive: true, maxSockets: pollsAtOnce, ca: readFileSync(caFile) });
  return (method, endpoint, params) =>
    new Promise((resolve, reject) => {
      const path = `/auth/v2/${endpoint}`;
      const date = new Date().toUTCString();
      const form = Object.keys(params)
        .sort()
        .map((name) => `${name}=${encodeURIComponent(params[name])}`)
        .join('&');
      const text = [date, method, hostname, path, form].join('\n');
      const signature = createHmac('sha512', skey).update(text).digest('hex');
      const headers = {
        date,
        authorization: `Basic ${Buffer.from(`${ikey}:${signature}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      };
      const target = method === 'GET' ? `${path}?${form}` : path;
      const sent = request(`https://${hostname}${target}`, { method, agent, headers }, (reply) => {
        let body = '';
        reply.setEncoding('utf8');
        reply.on('data', (chunk) => {
          body += chunk;
        });
        reply.on('end', () => resolve(JSON.parse(body).response));
      });
      sent.on('error', reject);
      sent.end(method === 'POST' ? form : undefined);
    });
};

const inParallel = async (count, width, task) => {
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      await task(index);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
};

const startAll = async (call) => {
  const txids = [];
  const startedMs = performance.now();
  const push = { async: '1', device: 'auto', factor: 'push', username: 'grace' };
  await inParallel(transactions, startsAtOnce, async (index) => {
    txids[index] = (await call('POST', 'auth', push)).txid;
  });
  return { txids, startMs: performance.now() - startedMs };
};

/** Holds a poll for each of these, answers them in turn, and looks at what arrives when. */
const runWave = async (call, ask, txids, faults, delaysMs) => {
  for (const { status } of await Promise.all(
    txids.map((txid) => call('GET', 'auth_status', { txid })),
  )) {
    if (status !== 'pushed') {
      faults.push(`first poll said ${status}`);
    }
  }
  const arrived = [];
  const answeredMs = new Map();
  const polls = txids.map(async (txid) => {
    const { result } = await call('GET', 'auth_status', { txid });
    arrived.push({ txid, result, delayMs: performance.now() - answeredMs.get(txid) });
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  if (arrived.length > 0) {
    faults.push(`${arrived.length} polls were answered before their time`);
  }
  for (const [index, txid] of txids.entries()) {
    answeredMs.set(txid, performance.now());
    await ask('answer', { txid, answer: index % 2 === 0 ? 'approve' : 'deny' });
  }
  await Promise.all(polls);
  for (const [index, { txid, result, delayMs }] of arrived.entries()) {
    delaysMs.push(delayMs);
    if (txid !== txids[index]) {
      faults.push(`answer ${index} came out of order`);
    }
    const expected = txids.indexOf(txid) % 2 === 0 ? 'allow' : 'deny';
    if (result !== expected) {
      faults.push(`${txid} was notified ${result}, not ${expected}`);
    }
  }
};

const percentile = (values, share) => {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
};

const measure = async () => {
  const { child, ask } = createServer();
  const [{ ready }] = await once(child, 'message');
  const call = createClient(ready);
  const faults = [];
  const delaysMs = [];
  const { txids, startMs } = await startAll(call);
  const pending = await ask('pending');
  if (pending !== transactions) {
    faults.push(`${pending} transactions are pending`);
  }
  for (let index = 0; index < transactions; index += pollsAtOnce) {
    await runWave(call, ask, txids.slice(index, index + pollsAtOnce), faults, delaysMs);
  }
  const left = await ask('pending');
  if (left !== 0) {
    faults.push(`${left} transactions are still pending`);
  }
  const { peakMb } = await ask('memory');
  if (peakMb > memoryLimitMb) {
    faults.push(`memory reached ${Math.round(peakMb)} MB`);
  }
  child.disconnect();
  return { faults, delaysMs, startMs, peakMb };
};

const report = async () => {
  const { faults, delaysMs, startMs, peakMb } = await measure();
  const lines = [
    `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}`,
    `${transactions} pushes started: ${Math.round((transactions / startMs) * 1000)} a second`,
    `${delaysMs.length} held polls answered, ${pollsAtOnce} at once`,
    `from answer to arrival: median ${percentile(delaysMs, 0.5).toFixed(1)} ms, 99th percentile ${percentile(delaysMs, 0.99).toFixed(1)} ms`,
    `peak memory of the simulator: ${Math.round(peakMb)} MB (limit ${memoryLimitMb})`,
    faults.length === 0 ? 'nothing lost, all in order' : faults.slice(0, 20).join('\n'),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exit(faults.length === 0 ? 0 : 1);
};

await (process.argv[2] === 'serve' ? serve() : report());
