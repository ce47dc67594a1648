// Drives Duo's Node client: one JSON call a line in, one JSON answer a line out. Port and pinned
// certificates are fixed in that client, so these two are set around it; the rest is as published.
// Environment: DUO_PORT, DUO_IKEY, DUO_SKEY, DUO_CA_FILE, DUO_SIGNATURE (2 or 5).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const require = createRequire(import.meta.url);
const https = require('node:https');
const { DUO_PORT, DUO_IKEY, DUO_SKEY, DUO_CA_FILE, DUO_SIGNATURE } = process.env;

const { request } = https;
https.request = (options, onResponse) => request({ ...options, port: DUO_PORT }, onResponse);
require('@duosecurity/duo_api/lib/constants').DUO_PINNED_CERT = readFileSync(DUO_CA_FILE, 'utf8');
const { Client } = require('@duosecurity/duo_api');

const client = new Client(DUO_IKEY, DUO_SKEY, 'localhost', Number(DUO_SIGNATURE));

const methods = {
  ping: 'GET',
  check: 'GET',
  logo: 'GET',
  enroll: 'POST',
  enroll_status: 'POST',
  preauth: 'POST',
  auth: 'POST',
  auth_status: 'GET',
};

const toReply = ({ stat, response, code, message_detail: detail, message: text }) =>
  stat === 'OK' ? { ok: response } : { error: { code, detail, text } };

const run = ({ call, args }, answer) => {
  const path = `/auth/v2/${call}`;
  if (call === 'logo') {
    client.apiCall('GET', path, args, (body) => answer({ ok: { image: body.slice(1, 4) } }));
    return;
  }
  client.jsonApiCall(methods[call], path, args, (envelope) => answer(toReply(envelope)));
};

createInterface({ input: process.stdin }).on('line', (line) => {
  run(JSON.parse(line), (reply) => process.stdout.write(`${JSON.stringify(reply)}\n`));
});
