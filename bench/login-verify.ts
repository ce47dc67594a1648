// `/auth/verify` beside a bare Node server that checks a signed cookie, and nginx that checks nothing.
// Needs wrk and nginx, and `npm run build` before it: node scripts/run.js bench/login-verify.ts
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator } from '../src/simulator/index.ts';
import { CookieBrowser, sessionCookie } from '../testing/cookie-browser.ts';
import { freePort } from '../testing/free-port.ts';
import { load, median, type Served, serveGateway, serveSource } from './login-support.ts';
import { saveMeasurements } from './results.ts';

const rounds = Number(process.env['ROUNDS'] ?? 5);
const seconds = Number(process.env['SECONDS'] ?? 4);
const key = 'a key of the bench';
const value = 'alice';
const signature = createHmac('sha256', key).update(value).digest('base64url');

const bareSource = `
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
const server = createServer((request, response) => {
  const cookie = /(?:^|; )session=([^.;]+)\\.([^;]+)/.exec(request.headers.cookie ?? '');
  const given = Buffer.from(cookie?.[2] ?? '', 'base64url');
  const right = createHmac('sha256', ${JSON.stringify(key)}).update(cookie?.[1] ?? '').digest();
  const passes = given.length === right.length && timingSafeEqual(given, right);
  response.writeHead(passes ? 200 : 401, passes ? { 'Remote-User': cookie[1] } : {}).end();
});
server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port));
`;

const serveNginx = async (): Promise<Served> => {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'xsoar-duo-bench-nginx-'));
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; worker_processes 1; pid nginx.pid; error_log stderr;
events {} http { access_log off; server { listen 127.0.0.1:${port}; location / { return 200; } } }`,
  );
  const child = spawn('/usr/sbin/nginx', ['-p', folder, '-c', 'nginx.conf'], { stdio: 'ignore' });
  await new Promise((resolve) => setTimeout(resolve, 500));
  return { url: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, stop: () => void child.kill() };
};

const simulator = await startSimulator();
const [gateway, bare, nginx] = [
  await serveGateway(simulator, { port: await freePort(), users: ['bob'] }),
  await serveSource(bareSource),
  await serveNginx(),
];
const browser = new CookieBrowser(gateway.url);
await browser.get('/auth/login');
await browser.post('/auth/login', { username: 'bob', password: 'password' });
const callsBefore = simulator.control.log().length;

const contestants = [
  { name: 'nginx, checks nothing', pid: nginx.pid, url: nginx.url, headers: [] },
  {
    name: 'bare Node, signed cookie',
    pid: bare.pid,
    url: bare.url,
    headers: [`Cookie: session=${value}.${signature}`],
  },
  {
    name: 'xsoar-duo /auth/verify',
    pid: gateway.pid,
    url: `${gateway.url}/auth/verify`,
    headers: [`Cookie: ${browser.cookieHeader}`],
  },
];

const results = new Map<string, { busy: number[]; calm: number[]; work: number[] }>();
for (const { name, pid, url, headers } of contestants) {
  load(url, pid, { seconds: 2, connections: 16, headers });
  results.set(name, { busy: [], calm: [], work: [] });
}
// In turns, so that a busy moment of the machine affects all of them.
for (let round = 0; round < rounds; round += 1) {
  for (const { name, pid, url, headers } of contestants) {
    const busy = load(url, pid, { seconds, connections: 32, headers });
    const calm = load(url, pid, { seconds: 2, connections: 1, headers });
    results.get(name)?.busy.push(busy.requestsPerSecond);
    results.get(name)?.work.push(busy.processorUs);
    results.get(name)?.calm.push(calm.medianMs);
  }
}

// Below the limit of the pages, which counts by address: each login is three requests.
const logins = 70;
let begun = 0;
const signInInTurn = async (): Promise<void> => {
  while (begun < logins) {
    begun += 1;
    const one = new CookieBrowser(gateway.url);
    await one.get('/auth/login');
    const page = await one.post('/auth/login', { username: 'bob', password: 'password' });
    if (!one.cookies.has(sessionCookie)) {
      throw new Error(`A login failed with ${page.status}.`);
    }
  }
};
const callsWhileVerifying = simulator.control.log().length - callsBefore;
const sinceMs = performance.now();
await Promise.all(Array.from({ length: 8 }, signInInTurn));
const perSecond = logins / ((performance.now() - sinceMs) / 1000);

process.stdout.write('| | requests/s, 32 clients | processor, a request | median, 1 client |\n');
process.stdout.write('|---|---|---|---|\n');
for (const [name, { busy, calm, work }] of results) {
  const rate = Math.round(median(busy)).toLocaleString('en');
  // nginx works in a child of the process that was started.
  const us = name.startsWith('nginx') ? '' : `${median(work).toFixed(0)} µs`;
  process.stdout.write(`| ${name} | ${rate} | ${us} | ${median(calm).toFixed(3)} ms |\n`);
}
const [bareName = '', ourName = ''] = contestants.slice(1).map(({ name }) => name);
const of = (name: string, what: 'busy' | 'work') => median(results.get(name)?.[what] ?? []);
const rates = of(ourName, 'busy') / of(bareName, 'busy');
const works = of(bareName, 'work') / of(ourName, 'work');
process.stdout.write(
  `\nOf bare Node: ${rates.toFixed(2)} by requests, ${works.toFixed(2)} by processor time. `,
);
process.stdout.write(`Calls to Duo meanwhile: ${callsWhileVerifying}. `);
process.stdout.write(`Logins with a Duo call each, 8 at once: ${perSecond.toFixed(0)}/s.\n`);

saveMeasurements([
  {
    id: 'verify',
    title: '/auth/verify, 32 clients',
    unit: 'requests/s',
    contestants: [...results].map(([name, { busy }]) => ({ name, samples: busy })),
    ours: ourName,
    reference: bareName,
    target: 0.8,
  },
]);
for (const served of [gateway, bare, nginx]) {
  served.stop();
}
await simulator.close();
