import { describe, expect, it } from 'vitest';
import { fillIn } from '../../src/cli/session.ts';
import { findCommand } from '../../src/integration/commands/table.ts';
import { rejection } from '../../testing/caught.ts';
import { Captured, fakeContext, Keyboard } from './cli-context.ts';

const command = findCommand('duo-authenticate');
const open = { username: 'alice', factor: 'passcode' };
const atTerminal = { canAsk: true, canRead: true };

const typing = async (keys: string, args = open as Record<string, string>) => {
  const stdin = new Keyboard();
  const stderr = new Captured({ isTTY: true });
  const asked = fillIn({ command, args }, { stdin, stderr }, atTerminal);
  stdin.write(keys);
  return { args: await asked.catch((error) => error), stdin, stderr };
};

describe('at a terminal', () => {
  it.each([
    ['passcode=-', { ...open, passcode: '-' }],
    ['no passcode at all', open],
  ])('%s is asked for, and not shown', async (_what, args) => {
    const { args: filled, stderr, stdin } = await typing('123456\r', args);
    expect(filled).toEqual({ ...open, passcode: '123456' });
    expect(stderr.raw).toBe('Passcode: \n');
    expect(stdin.isRaw).toBe(false);
  });

  it('mistakes can be taken back', async () => {
    expect((await typing('99\u007f\u007f12\u001b[A3\r')).args).toHaveProperty('passcode', '123');
  });

  it.each(['\u0003', '\u0004'])('Ctrl-C and Ctrl-D give up', async (key) => {
    const { args, stdin } = await typing(`12${key}`);
    expect(args).toHaveProperty('message', 'Nothing was entered.');
    expect(stdin.isRaw).toBe(false);
  });

  it('a prompt that reads the same keyboard sees none of it', async () => {
    const stdin = new Keyboard();
    const seen: unknown[] = [];
    stdin.on('keypress', (text) => seen.push(text));
    const stderr = new Captured({ isTTY: true });
    const asked = fillIn({ command, args: open }, { stdin, stderr }, atTerminal);
    stdin.write('1\r');
    await asked;
    expect(seen).toEqual([]);
    expect(stdin.listenerCount('keypress')).toBe(1);
  });
});

describe('without a terminal', () => {
  const source = { canAsk: false, canRead: true };

  it('passcode=- reads the input', async () => {
    const context = fakeContext({ stdin: ' 123456 \nmore\n' });
    const args = { ...open, passcode: '-' };
    expect(await fillIn({ command, args }, context, source)).toHaveProperty('passcode', '123456');
  });

  it('passcode=- is refused where the input holds the lines', async () => {
    const args = { ...open, passcode: '-' };
    const asked = fillIn({ command, args }, fakeContext(), { canAsk: false, canRead: false });
    expect(await rejection(asked)).toHaveProperty('name', 'UsageError');
  });

  it.each([
    ['a missing passcode', command, open],
    ['another factor', command, { username: 'alice', factor: 'push' }],
    ['a passcode', command, { ...open, passcode: '123456' }],
    ['another command', findCommand('duo-check'), {}],
  ])('%s is left to the command', async (_what, own, args) => {
    expect(await fillIn({ command: own, args }, fakeContext(), source)).toBe(args);
  });
});
