import { describe, expect, it } from 'vitest';
import { demo } from '../../src/cli/demo.ts';
import { until } from '../../testing/running-simulator.ts';
import { fakeContext, Keyboard } from './cli-context.ts';

describe('without a terminal', () => {
  it('runs the Test button and the four commands, and ends', async () => {
    const context = fakeContext();
    expect(await demo(context)).toBe(0);
    const { text } = context.stdout;
    expect(text).toContain('The Test button\nok');
    for (const name of [
      '!duo-check',
      '!duo-preauth username=alice',
      '!duo-authenticate username=alice factor=push',
      '!duo-authenticate username=erin factor=push',
      '!duo-authenticate-status',
    ]) {
      expect(text).toContain(name);
    }
    expect(text).toMatch(/allow {3}allow/);
    expect(text).toMatch(/deny {4}deny/);
    expect(text).toMatch(/waiting {2}push/);
    expect(context.stderr.text).toBe('');
  });
});

describe('on a terminal', () => {
  it('says where it listens, where the phone is and what to type, and is a war room', async () => {
    const keyboard = new Keyboard();
    const context = fakeContext({ stdin: keyboard, isTTY: true, env: { TERM: 'dumb' } });
    const ended = demo(context);
    await until(() => context.stdout.text.includes('duo> '), 'the prompt');
    const { text } = context.stdout;
    expect(text).toMatch(/https:\/\/localhost:\d+, and/);
    expect(text).toMatch(/https:\/\/localhost:\d+\/phone#token=[\w-]{32}&user=grace\b/);
    expect(text.match(/!duo-\S+ username=/g)).toHaveLength(3);
    keyboard.type('!duo-check\r');
    await until(() => context.stdout.text.includes('the keys are right'), 'the answer');
    keyboard.type('exit\r');
    expect(await ended).toBe(0);
  });
});
