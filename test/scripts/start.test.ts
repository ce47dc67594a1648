// `npm start` as somebody runs it who has just cloned the project and has no terminal.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const script = join(import.meta.dirname, '..', '..', 'scripts', 'start.js');

it('builds if it has to, shows the Test button and the four commands, and ends with 0', async () => {
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toContain('The Test button\nok\n');
  for (const name of ['check', 'preauth', 'authenticate', 'authenticate-status']) {
    expect(stdout).toContain(`\n!duo-${name}`);
  }
}, 60_000);
