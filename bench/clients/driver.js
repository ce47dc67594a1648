// What every Node client is driven by: a JSON task a line in, its milliseconds a line out.
// Environment: DUO_PORT, DUO_IKEY, DUO_SKEY, DUO_CA_FILE.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { createInterface } from 'node:readline';

const { DUO_PORT: port, DUO_IKEY: ikey, DUO_SKEY: skey, DUO_CA_FILE: caFile } = process.env;

export const server = { port: Number(port), ikey, skey, caFile, ca: readFileSync(caFile, 'utf8') };

/** The parameters of the preauth that is measured. */
export const preauth = { username: 'alice', ipaddr: '203.0.113.7' };

/** What signing is measured with: five parameters. */
export const signed = {
  method: 'POST',
  path: '/auth/v2/auth',
  params: {
    username: 'alice',
    factor: 'push',
    device: 'auto',
    async: '1',
    pushinfo: 'From=XSOAR&Incident=4711 (müller)',
  },
};

const runCalls = async (call, { count, inFlight }) => {
  let left = count;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      const result = await call();
      if (result !== 'auth') {
        throw new Error(`The preauth gave ${JSON.stringify(result)}.`);
      }
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
};

const runSign = (sign, { count }) => {
  for (let index = 0; index < count; index += 1) {
    sign();
  }
};

/**
 * Serves the tasks: `call` sends one preauth and gives its result, `sign` signs one request,
 * `pend` starts to wait for one push and never ends.
 */
export const drive = ({ call, sign, pend }) => {
  const tasks = {
    calls: (task) => runCalls(call, task),
    sign: sign && ((task) => runSign(sign, task)),
    pend: pend && (({ count }) => void Array.from({ length: count }, pend)),
  };
  const input = createInterface({ input: process.stdin });
  input.on('line', async (line) => {
    const task = JSON.parse(line);
    const run = tasks[task.task];
    const startedAtMs = performance.now();
    await run?.(task);
    const milliseconds = run === undefined ? null : performance.now() - startedAtMs;
    process.stdout.write(`${JSON.stringify({ milliseconds })}\n`);
  });
  input.on('close', () => process.exit());
  process.stdout.write(`${JSON.stringify({ node: process.version })}\n`);
};
