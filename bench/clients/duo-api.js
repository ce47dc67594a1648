// The package duo-api of the npm registry, from $PEERS_HOME/npm.
import https from 'node:https';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { drive, preauth, server } from './driver.js';

const require = createRequire(join(process.env.PEERS_HOME, 'npm', 'package.json'));
https.globalAgent.options.ca = server.ca;
const DuoApi = require('duo-api');

const { ikey, skey, port } = server;
const client = new DuoApi({ host: `localhost:${port}`, ikey, skey });

drive({
  call: async () => (await client.request('POST', '/auth/v2/preauth', preauth)).response.result,
});
