import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadSettings } from '../../../src/login/settings/load-settings.ts';
import { createShape } from '../../../src/login/settings/schema.ts';

const text = readFileSync('docs/login/settings.md', 'utf8');
const shape = createShape({ readSecret: () => undefined, resolve: (file) => file });
const described = new Set([...text.matchAll(/`([a-z_0-9.]+)`/g)].map(([, name]) => name));

describe('docs/login/settings.md', () => {
  it.each(Object.keys(shape))('describes %s', (name) => {
    const isDescribed = [...described].some((one) => one === name || one?.startsWith(`${name}.`));
    expect(isDescribed).toBe(true);
  });
});

describe('the settings of the guide', () => {
  const load = (kind: string) =>
    loadSettings(readFileSync(`docs/login/${kind}.yml`, 'utf8'), {
      env: { CREDENTIALS_DIRECTORY: '/run/credentials/xsoar-duo-login.service' },
      folder: '/etc/xsoar-duo',
      readFile: (path) => `the text of ${path}`,
    });

  it('are right for an application', async () => {
    expect(await load('application')).toMatchObject({
      firstFactor: { type: 'htpasswd' },
      duo: { skey: 'the text of /run/credentials/xsoar-duo-login.service/duo_skey' },
    });
  });

  it('are right for XSOAR', async () => {
    expect(await load('xsoar')).toMatchObject({
      firstFactor: { type: 'xsoar' },
      switches: { from: 'xsoar' },
      apiKeys: { url: 'https://xsoar.internal:443' },
    });
  });
});
