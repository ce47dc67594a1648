import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createJsonLines } from '../../../src/cli/run/write-line.ts';

it('waits for room, with one listener however many lines wait', async () => {
  const output = new PassThrough({ highWaterMark: 16 });
  const write = createJsonLines(output);
  let written = 0;
  const all = Promise.all(
    Array.from({ length: 50 }, async (_, id) => {
      await write({ id, text: 'longer than the buffer is' });
      written += 1;
    }),
  );
  await new Promise((resolve) => setImmediate(resolve));
  expect(written).toBe(0);
  expect(output.listenerCount('drain')).toBe(1);
  let text = '';
  output.on('data', (chunk) => {
    text += chunk;
  });
  await all;
  const ids = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).id);
  expect(ids).toEqual(Array.from({ length: 50 }, (_, id) => id));
});
