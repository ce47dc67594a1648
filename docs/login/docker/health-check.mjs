// Is the gateway in this container ready, with TLS of its own or without? `node health-check.mjs PORT`
import http from 'node:http';
import https from 'node:https';

const port = Number(process.argv[2]);
const timeout = 4_000;

// The certificate is for the name that people use, which is not this address.
const ask = (client) =>
  new Promise((resolve) => {
    const request = client.get(
      { host: '127.0.0.1', port, path: '/readyz', timeout, rejectUnauthorized: false },
      (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      },
    );
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });

const answers = await Promise.all([ask(http), ask(https)]);
process.exitCode = answers.includes(true) ? 0 : 1;
