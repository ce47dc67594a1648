import { describe, expect, it } from 'vitest';
import { findCommand } from '../../src/integration/commands/table.ts';

describe('what a terminal shows while a command waits', () => {
  it.each([
    ['duo-authenticate', { username: 'alice' }, "Waiting for alice's answer…"],
    ['duo-authenticate', { user_id: 'DU1' }, "Waiting for DU1's answer…"],
    ['duo-authenticate', {}, 'Waiting for the answer…'],
    ['duo-authenticate', { username: 'a', async: 'yes' }, undefined],
    ['duo-authenticate', { username: 'a', async: true, polling: true }, "Waiting for a's answer…"],
    ['duo-authenticate-status', { txid: 't' }, 'Waiting for the answer…'],
    ['duo-preauth', { username: 'alice' }, undefined],
  ])('%s %j: %s', (name, args, words) => {
    expect(findCommand(name).waitingText(args)).toBe(words);
  });
});

describe('what a command asks for at a terminal', () => {
  const { prompt } = findCommand('duo-authenticate');

  it('is a passcode, where the factor needs one and the line has none', () => {
    expect(prompt).toMatchObject({ argument: 'passcode', label: 'Passcode: ' });
    expect(prompt?.isNeeded({ factor: ' passcode ' })).toBe(true);
    expect(prompt?.isNeeded({ factor: 'passcode', passcode: '' })).toBe(true);
  });

  it.each([{ factor: 'push' }, {}, { factor: 'passcode', passcode: '123456' }])(
    'is nothing for %j',
    (args) => {
      expect(prompt?.isNeeded(args)).toBe(false);
    },
  );

  it('is nothing for a command that takes no secret from a person', () => {
    expect(findCommand('duo-preauth').prompt).toBeUndefined();
  });
});
