import { expect, it } from 'vitest';
import { progressText, waitingText, withElapsed } from '../../../src/cli/terminal/waiting-text.ts';

it.each([
  ['duo-check', {}, 'Asking Duo…'],
  ['duo-preauth', { username: 'alice' }, 'Asking Duo…'],
  ['duo-authenticate', { username: 'alice' }, "Waiting for alice's answer…"],
  ['duo-authenticate', { userID: 'DU1' }, "Waiting for DU1's answer…"],
  ['duo-authenticate', { user_id: 'DU1' }, "Waiting for DU1's answer…"],
  ['duo-authenticate', {}, 'Waiting for the answer…'],
  ['duo-authenticate', { username: 'alice', async: 'true' }, 'Asking Duo…'],
  ['duo-authenticate', { username: 'alice', async: 'YES' }, 'Asking Duo…'],
  [
    'duo-authenticate',
    { username: 'alice', async: 'true', polling: 'true' },
    "Waiting for alice's answer…",
  ],
  ['duo-authenticate-status', { txid: 'x' }, 'Waiting for the answer…'],
  ['duo-authenticate', { username: '\u001b[2Jx' }, "Waiting for x's answer…"],
])('%s %o', (command, args, text) => {
  expect(waitingText(command, args)).toBe(text);
});

it.each([
  ['Pushed a login request to your device...', 'Pushed a login request to your device...'],
  ['', 'pushed…'],
])('says what Duo said: %j', (statusMessage, text) => {
  expect(progressText({ txid: 'x', status: 'pushed', statusMessage })).toBe(text);
});

it.each([
  [0, 'Waiting… 0 s'],
  [999, 'Waiting… 0 s'],
  [12_500, 'Waiting… 12 s'],
  // A clock that was set back must not count backwards.
  [-5000, 'Waiting… 0 s'],
])('counts the seconds: %i ms', (elapsedMs, line) => {
  expect(withElapsed('Waiting…', 1000, 1000 + elapsedMs)).toBe(line);
});
