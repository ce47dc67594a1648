// The files that an administrator copies work as they are.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describePeer, missingFile } from '../peer.ts';
import { doorForSuite, missingForDoor } from './door.ts';

describePeer('the unit for systemd', missingFile('/usr/bin/systemd-analyze'), () => {
  it('is clean, and its sandbox is tight', () => {
    const folder = mkdtempSync(join(tmpdir(), 'xsoar-duo-unit-'));
    const file = join(folder, 'xsoar-duo-login.service');
    // The program is installed by the guide's steps; here another replaces it.
    const unit = readFileSync('docs/login/xsoar-duo-login.service', 'utf8').replace(
      '/usr/local/bin/xsoar-duo',
      process.execPath,
    );
    writeFileSync(file, unit);
    const verified = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' });
    expect([verified.status, verified.stdout, verified.stderr]).toEqual([0, '', '']);
    const security = spawnSync(
      'systemd-analyze',
      ['security', '--offline=yes', '--threshold=25', '--no-pager', file],
      { encoding: 'utf8' },
    );
    expect(security.status, security.stdout).toBe(0);
    rmSync(folder, { recursive: true });
  });
});

describePeer('the settings of the guide', missingForDoor('nginx'), () => {
  describe.each(['application', 'xsoar'] as const)('for %s', (kind) => {
    const door = doorForSuite('nginx', kind);

    it('pass their check', async () => {
      const { code, output } = await door().check();
      expect(output).not.toContain('FAIL');
      expect(output).toContain('ok    Duo:');
      expect(output).toContain('ok    API keys:');
      expect(output).toMatch(/ok {4}Proxy: https:\/\/localhost:\d+ has the login/);
      expect(code).toBe(0);
    });
  });
});
