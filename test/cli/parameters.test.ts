import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadParameters } from '../../src/cli/parameters.ts';
import { rejection } from '../../testing/caught.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xsoar-duo-params-'));
});

afterEach(() => rm(folder, { recursive: true }));

const file = async (content: string): Promise<string> => {
  const path = join(folder, 'params.json');
  await writeFile(path, content);
  return path;
};

it('come from the environment when no file is named', async () => {
  expect(await loadParameters({}, { DUO_HOSTNAME: 'h' })).toEqual({ hostname: 'h' });
});

it('come from the file alone when one is named', async () => {
  const path = await file('{"hostname":"from-file"}');
  const env = { DUO_HOSTNAME: 'from-env', DUO_IKEY: 'of-another-account' };
  expect(await loadParameters({ params: path }, env)).toEqual({ hostname: 'from-file' });
});

it.each(['{broken, skey: SECRET', '[]', '"SECRET"', 'null'])(
  'are refused when the file holds %s, without quoting it',
  async (content) => {
    const error = await rejection(loadParameters({ params: await file(content) }, {}));
    expect(error).toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining('does not hold a JSON object'),
    });
    expect(String(error)).not.toContain('SECRET');
  },
);

it('are refused when there is no such file', async () => {
  const path = join(folder, 'none.json');
  const error = await rejection(loadParameters({ params: path }, {}));
  expect(error).toMatchObject({ message: `The file ${path} cannot be read: ENOENT.` });
});
