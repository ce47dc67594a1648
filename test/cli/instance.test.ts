import { expect, it } from 'vitest';
import { exec } from '../../src/cli/exec.ts';
import { testInstance } from '../../src/cli/instance.ts';
import { rejection } from '../../testing/caught.ts';
import { fakeContext } from './cli-context.ts';
import { environmentOf, startQuick } from './cli-simulator.ts';

const line = '!duo-authenticate alice factor=passcode passcode=-';

it('--debug writes a JSON line for each request, and no secret', async () => {
  const simulator = await startQuick();
  const context = fakeContext({ env: environmentOf(simulator), stdin: '7391739173\n' });
  await exec([line], { output: 'json', debug: true }, context);
  const lines = context.stderr.lines.map((one) => JSON.parse(one));
  expect(lines).toEqual([
    {
      level: 'debug',
      message: 'duo: response',
      requestId: expect.stringMatching(/^[0-9a-f]{6}-1$/),
      endpoint: 'auth',
      attempt: 1,
      status: 200,
      milliseconds: expect.any(Number),
    },
  ]);
  for (const secret of ['7391739173', simulator.skey, simulator.ikey, 'alice']) {
    expect(context.stderr.text).not.toContain(secret);
  }
});

it('without it nothing is logged', async () => {
  const simulator = await startQuick();
  const context = fakeContext({ env: environmentOf(simulator) });
  await exec(['!duo-check'], { output: 'json' }, context);
  expect(context.stderr.text).toBe('');
});

it.each([
  [false, ''],
  [true, '\r\u001B[K'],
])('says that a request is sent again, on a terminal: %s', async (isTTY, start) => {
  const simulator = await startQuick();
  simulator.control.setFaults([
    { endpoint: 'check', count: 1, kind: 'error', code: 42901, retryAfterSeconds: 1 },
  ]);
  const context = fakeContext({ env: environmentOf(simulator), isTTY });
  await exec(['!duo-check'], { output: 'json' }, context);
  expect(context.stderr.raw).toContain(
    `${start}Duo asks for fewer requests (429); /check is sent again in 2 s.\n`,
  );
});

it('prints ok', async () => {
  const context = fakeContext({ env: environmentOf(await startQuick()) });
  expect(await testInstance({}, context)).toBe(0);
  expect(context.stdout.text).toBe('ok\n');
});

it('fails with what is wrong and what to do', async () => {
  const env = { ...environmentOf(await startQuick()), DUO_SKEY: 'x'.repeat(40) };
  expect(await rejection(testInstance({}, fakeContext({ env })))).toMatchObject({
    duoCode: 40103,
    advice: expect.stringContaining('Copy the secret key again'),
  });
});
