import { expect, it } from 'vitest';
import { formatRequest, formatStartup } from '../../src/cli/simulator.ts';
import { startStill } from '../../testing/running-simulator.ts';

it('says where it listens and what to paste', async () => {
  const simulator = await startStill();
  const lines = formatStartup(simulator);
  expect(lines[0]).toBe(`Duo simulator (not the Duo service) listens on ${simulator.url}`);
  expect(lines).toContain(`  phone            ${simulator.phoneUrl}`);
  expect(lines.join('\n')).toContain(
    `DUO_HOSTNAME=${simulator.hostname} DUO_IKEY=${simulator.ikey} DUO_SKEY=${simulator.skey} ` +
      `DUO_CA_FILE=${simulator.caFile} xsoar-duo exec '!duo-preauth username=alice'`,
  );
  expect(lines.join('\n')).not.toContain('WARNING');
});

it('warns when others can reach it', async () => {
  const simulator = await startStill({}, { host: '0.0.0.0' });
  expect(simulator.isLoopback).toBe(false);
  expect(formatStartup(simulator).join('\n')).toContain('WARNING');
});

it('has a line for each request', () => {
  expect(
    formatRequest({
      id: 1,
      time: '2026-01-02T03:04:05.678Z',
      method: 'POST',
      path: '/auth/v2/auth',
      ikey: 'DI',
      username: 'alice',
      signature: 'v2/sha512',
      isOpen: false,
      status: 200,
      outcome: 'allow/allow',
      durationMs: 1001.4,
      faults: ['latency'],
    }),
  ).toBe(
    '03:04:05  POST  /auth/v2/auth           alice         v2/sha512  200  allow/allow  1001 ms  [latency]',
  );
});
