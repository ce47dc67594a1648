import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadSettings } from '../../../src/login/settings/load-settings.ts';

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
