// 500 people wait for their push at once, each with a page open: memory of the gateway, and whether all
// of them come in. Needs `npm run build` before it: node scripts/run.js bench/login-waiting.ts
import { request } from 'node:http';
import { startSimulator } from '../src/simulator/index.ts';
import { CookieBrowser } from '../testing/cookie-browser.ts';
import { freePort } from '../testing/free-port.ts';
import { residentMb, serveGateway } from './login-support.ts';
import { saveMeasurements } from './results.ts';

const people = Number(process.env['PEOPLE'] ?? 500);
const names = Array.from({ length: people }, (_, index) => `person${index}`);
const simulator = await startSimulator({
  config: {
    users: names.map((username, index) => ({
      username,
      answer: 'manual',
      devices: [{ kind: 'smartphone', number: `+1 734 555 ${String(index).padStart(4, '0')}` }],
    })),
    settings: { pushExpiresInSeconds: 600 },
  },
});
const gateway = await serveGateway(simulator, { port: await freePort(), users: names });
const idleMb = residentMb(gateway.pid);

/** Each person has an address of their own, as behind a proxy. */
const headersOf = (index: number) => ({
  'x-forwarded-for': `10.0.${Math.floor(index / 250)}.${(index % 250) + 1}`,
});

const wait = async (name: string, index: number) => {
  const browser = new CookieBrowser(gateway.url);
  const headers = headersOf(index);
  await browser.get('/auth/login', { headers });
  await browser.post(
    '/auth/login',
    { username: name, password: 'password' },
    { headers, follow: false },
  );
  await browser.get('/auth/login', { headers });
  await browser.post('/auth/factor', { factor: 'push' }, { headers, follow: false });
  const notified = new Promise<number>((resolve, reject) => {
    const stream = request(`${gateway.url}/auth/events`, {
      headers: { ...headers, cookie: browser.cookieHeader },
    });
    stream.on('response', (response) => {
      response.on('data', (chunk) => {
        if (String(chunk).includes('"granted"')) {
          resolve(performance.now());
          stream.destroy();
        }
      });
      response.on('end', () => reject(new Error('The stream ended.')));
    });
    stream.on('error', () => undefined);
    stream.end();
  });
  return { browser, headers, notified };
};

const waiting: Awaited<ReturnType<typeof wait>>[] = [];
for (let start = 0; start < people; start += 20) {
  const some = names.slice(start, start + 20).map((name, index) => wait(name, start + index));
  waiting.push(...(await Promise.all(some)));
}
await new Promise((resolve) => setTimeout(resolve, 3_000));
const pending = simulator.control.pending();
const waitingMb = residentMb(gateway.pid);

const answeredAtMs = performance.now();
for (const { txid } of pending) {
  simulator.control.answer(txid, 'approve');
}
const notifiedAtMs = await Promise.all(waiting.map(({ notified }) => notified));
let entered = 0;
for (const { browser, headers } of waiting) {
  await browser.get('/auth/login', { headers, follow: false });
  entered += (await browser.get('/auth/verify', { headers })).status === 200 ? 1 : 0;
}
process.stdout.write(
  `${pending.length} people waited at once. The gateway used ${idleMb.toFixed(0)} MB before and ` +
    `${waitingMb.toFixed(0)} MB meanwhile. After the approvals the last page knew within ` +
    `${((Math.max(...notifiedAtMs) - answeredAtMs) / 1000).toFixed(1)} s, and ${entered} came in.\n`,
);
saveMeasurements([
  {
    id: `waiting-${people}`,
    title: `Memory of the gateway with ${people} people waiting`,
    unit: 'MB',
    contestants: [{ name: 'xsoar-duo login', samples: [waitingMb] }],
    ours: 'xsoar-duo login',
    target: 200,
  },
]);
gateway.stop();
await simulator.close();
