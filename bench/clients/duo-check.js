// The script of three lines that a cold `xsoar-duo exec '!duo-check'` is compared with, and before it
// what points Duo's client at another port and certificate.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import process from 'node:process';

const require = createRequire(import.meta.url);
const https = require('node:https');
const { DUO_PORT, DUO_IKEY, DUO_SKEY, DUO_CA_FILE } = process.env;
const { request } = https;
https.request = (options, onResponse) => request({ ...options, port: DUO_PORT }, onResponse);
require('@duosecurity/duo_api/lib/constants').DUO_PINNED_CERT = readFileSync(DUO_CA_FILE, 'utf8');

const { Client } = require('@duosecurity/duo_api');
const client = new Client(DUO_IKEY, DUO_SKEY, 'localhost');
client.jsonApiCall('GET', '/auth/v2/check', {}, ({ stat }) => process.exit(stat === 'OK' ? 0 : 1));
