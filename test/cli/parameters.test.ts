import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

it('come from a file of variables alone when one is named', async () => {
  const path = await file('DUO_HOSTNAME="from-file"\n# a comment\nDUO_IKEY=\n');
  const env = { DUO_HOSTNAME: 'from-env', DUO_SKEY: 'of-another-account' };
  expect(await loadParameters({ envFile: path }, env)).toEqual({ hostname: 'from-file' });
});

describe('profiles', () => {
  const yaml =
    'default_profile: a\nprofiles:\n  a: {hostname: a, skey_env: KEY}\n  b: {hostname: b}\n';

  const env = async (variables = {}) => {
    await mkdir(join(folder, 'xsoar-duo'));
    await writeFile(join(folder, 'xsoar-duo', 'config.yml'), yaml, { mode: 0o600 });
    return { XDG_CONFIG_HOME: folder, ...variables };
  };

  it('give the parameters of the one that is named', async () => {
    expect(await loadParameters({ profile: 'b' }, await env())).toEqual({ hostname: 'b' });
  });

  it('give the default, with the secret key from where it is kept', async () => {
    expect(await loadParameters({}, await env({ KEY: 's' }))).toEqual({ hostname: 'a', skey: 's' });
  });

  it('give way to the environment as soon as it has a parameter', async () => {
    const variables = await env({ DUO_IKEY: 'i' });
    expect(await loadParameters({}, variables)).toEqual({ ikey: 'i' });
  });

  it('are missed where there is no file', async () => {
    const error = await rejection(loadParameters({ profile: 'b' }, { HOME: folder }));
    expect(error).toMatchObject({
      message: 'There is no profile b: there is no file with profiles.',
    });
  });
});
