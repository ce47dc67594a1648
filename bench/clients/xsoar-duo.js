// Ours, as it is built: run `npm run build` first.
import { DuoClient, signRequest } from '../../dist/index.mjs';
import { drive, preauth, server, signed } from './driver.js';

const { ikey, skey } = server;
const duo = new DuoClient({
  hostname: `localhost:${server.port}`,
  ikey,
  skey,
  caFile: server.caFile,
});
const date = new Date().toUTCString();

drive({
  call: async () => (await duo.preauth(preauth)).result,
  sign: () => signRequest({ ikey, skey, host: 'localhost', date, ...signed }),
  pend: () => duo.authAndWait({ username: 'alice', factor: 'push' }, { deadlineSeconds: 600 }),
});
