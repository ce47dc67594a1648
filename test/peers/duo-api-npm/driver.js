// Drives duo-api of npm: one JSON call a line in, one JSON answer a line out. Nothing of it is changed:
// it takes a port in its host name, and its authority from NODE_EXTRA_CA_CERTS.
// Environment: DUO_PORT, DUO_IKEY, DUO_SKEY, PEERS_HOME.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const { DUO_PORT, DUO_IKEY, DUO_SKEY, PEERS_HOME } = process.env;
const DuoApi = createRequire(import.meta.url)(`${PEERS_HOME}/npm/node_modules/duo-api`);

const client = new DuoApi({ host: `localhost:${DUO_PORT}`, ikey: DUO_IKEY, skey: DUO_SKEY });
const reads = ['ping', 'check', 'logo', 'auth_status'];

// It gives what is no 200 as a text with the body in it, and reads an image as JSON.
const toError = ({ message }) => {
  if (!message.includes('{')) {
    return { code: null, text: message };
  }
  const {
    code,
    message_detail: detail,
    message: text,
  } = JSON.parse(message.slice(message.indexOf('{')));
  return { code, detail, text };
};

const run = async ({ call, args }) => {
  const method = reads.includes(call) ? 'GET' : 'POST';
  try {
    const { response } = await client.request(method, `/auth/v2/${call}`, args);
    return { ok: response };
  } catch (error) {
    return { error: toError(error) };
  }
};

createInterface({ input: process.stdin }).on('line', async (line) => {
  process.stdout.write(`${JSON.stringify(await run(JSON.parse(line)))}\n`);
});
