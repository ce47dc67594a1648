import { expect, it } from 'vitest';
import { test } from '../../src/cli/test.ts';
import { rejection } from '../../testing/caught.ts';
import { fakeContext } from './cli-context.ts';
import { environmentOf, startQuick } from './cli-simulator.ts';

it('prints ok', async () => {
  const context = fakeContext({ env: environmentOf(await startQuick()) });
  expect(await test({}, context)).toBe(0);
  expect(context.stdout.text).toBe('ok\n');
});

it('fails with what is wrong and what to do', async () => {
  const env = { ...environmentOf(await startQuick()), DUO_SKEY: 'x'.repeat(40) };
  expect(await rejection(test({}, fakeContext({ env })))).toMatchObject({
    duoCode: 40103,
    advice: expect.stringContaining('Copy the secret key again'),
  });
});
