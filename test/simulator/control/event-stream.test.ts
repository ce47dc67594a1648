import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { expect, it } from 'vitest';
import type { Simulator } from '../../../src/simulator/index.ts';
import { startStill, until } from '../../../testing/running-simulator.ts';
import { callOk, send } from '../duo-caller.ts';

/** Reads server-sent events into a list; the function stops it. */
const watch = (simulator: Simulator, seen: string[]): (() => void) => {
  const request = get(
    `${simulator.url}/control/events`,
    {
      ca: readFileSync(simulator.caFile),
      headers: { authorization: `Bearer ${simulator.controlToken}` },
    },
    (response) => {
      expect(response.headers['content-type']).toBe('text/event-stream');
      response.setEncoding('utf8');
      response.on('data', (text: string) => seen.push(text));
    },
  );
  request.on('error', () => {});
  return () => request.destroy();
};

it('streams requests and changes to those who watch', async () => {
  const simulator = await startStill();
  await callOk(simulator, 'POST', 'preauth', { username: 'carol' });
  const seen: string[] = [];
  const stop = watch(simulator, seen);
  await until(() => seen.join('').includes('event: ready'));
  await callOk(simulator, 'POST', 'preauth', { username: 'bob' });
  await until(() => seen.join('').includes('"username":"bob"'), 'the log entry');
  expect(seen.join('')).not.toContain('"username":"carol"');
  await callOk(simulator, 'POST', 'auth', {
    username: 'grace',
    factor: 'push',
    device: 'auto',
    async: '1',
  });
  await until(() => seen.join('').includes('event: change\ndata: ["transactions"]'), 'the push');
  simulator.control.reset();
  await until(() => /event: change\ndata: .*"faults"/.test(seen.join('')), 'the faults');
  stop();
});

it('has room for a number of watchers', async () => {
  const simulator = await startStill();
  const seen: string[] = [];
  const stops = Array.from({ length: 20 }, () => watch(simulator, seen));
  await until(() => seen.length === 20);
  const headers = { authorization: `Bearer ${simulator.controlToken}` };
  expect((await send(simulator, 'GET', '/control/events', headers)).status).toBe(429);
  for (const stop of stops) {
    stop();
  }
  const again: string[] = [];
  await new Promise((resolve) => setTimeout(resolve, 50));
  const stop = watch(simulator, again);
  await until(() => again.length === 1);
  stop();
});
