// Duo's own Node client. Its port and certificates are fixed, so that both are set around it.
import { createRequire } from 'node:module';
import { drive, preauth, server, signed } from './driver.js';

const require = createRequire(import.meta.url);
const https = require('node:https');
const { request } = https;
https.request = (options, onResponse) => request({ ...options, port: server.port }, onResponse);
require('@duosecurity/duo_api/lib/constants').DUO_PINNED_CERT = server.ca;
const { Client } = require('@duosecurity/duo_api');
const { sign } = require('@duosecurity/duo_api/lib/duo_sig');

const { ikey, skey } = server;
const client = new Client(ikey, skey, 'localhost');
const date = new Date().toUTCString();

drive({
  call: () =>
    new Promise((resolve) => {
      client.jsonApiCall('POST', '/auth/v2/preauth', preauth, (envelope) =>
        resolve(envelope.response?.result),
      );
    }),
  sign: () => sign(ikey, skey, signed.method, 'localhost', signed.path, signed.params, date),
});
