import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadSettings } from '../../../src/login/settings/load-settings.ts';
import { settingsSchema } from '../../../src/login/settings/schema.ts';

const text = readFileSync('docs/login/settings.md', 'utf8');
const described = new Set([...text.matchAll(/`([a-z_0-9.]+)`/g)].map(([, name]) => name));

describe('docs/login/settings.md', () => {
  it.each(Object.keys(settingsSchema.shape))('describes %s', (name) => {
    const isDescribed = [...described].some((one) => one === name || one?.startsWith(`${name}.`));
    expect(isDescribed).toBe(true);
  });
});

describe('docs/login', () => {
  it('has an example for XSOAR whose settings are right', async () => {
    const yaml = readFileSync('docs/login/xsoar.yml', 'utf8');
    const settings = await loadSettings(yaml, { env: {}, folder: '/', readFile: () => 'secret' });
    expect(settings).toMatchObject({
      firstFactor: { type: 'xsoar' },
      switches: { from: 'xsoar' },
    });
  });

  it('has an example for Traefik that is YAML', () => {
    const example = parse(readFileSync('docs/login/traefik.yml', 'utf8'));
    expect(example.http.middlewares.duo.forwardAuth.address).toContain(
      '/auth/verify?login=redirect',
    );
  });
});
