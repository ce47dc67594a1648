import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { warRoom } from '../../src/cli/war-room.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { until } from '../../testing/running-simulator.ts';
import { type FakeContext, fakeContext, Keyboard } from './cli-context.ts';
import { environmentOf, startQuick } from './cli-simulator.ts';

const ctrlC = '\u0003';
const ctrlD = '\u0004';
const tab = '\t';
const up = '\u001b[A';

describe('lines from a pipe', () => {
  const converse = async (...lines: string[]) => {
    const env = environmentOf(await startQuick());
    const context = fakeContext({ env, stdin: `${lines.join('\n')}\n` });
    const code = await warRoom({}, context);
    return { code, context };
  };

  it('run one after the other over a context that grows', async () => {
    const { code, context } = await converse(
      '!duo-preauth alice',
      '',
      '!duo-preauth erin',
      '!duo-authenticate ${Duo.PreAuth.[0].Username} async=true',
      '!duo-authenticate-status polling=true txid=${Duo.Transaction(val.Done == false).TxID}',
      'context Duo.Transaction',
      'context Duo.PreAuth.Username',
    );
    expect(context.stderr.text).toBe('');
    expect(code).toBe(0);
    expect(context.stdout.text).toContain('"Result": "allow"');
    expect(context.stdout.text).toContain('"Factor": "auto"');
    expect(context.stdout.text).toMatch(/\[\n {2}"alice",\n {2}"erin"\n\]/);
  });

  it('go on after one that fails; the first failure is the exit code', async () => {
    const { code, context } = await converse('!duo-chek', '!duo-check "', '!duo-check');
    expect(code).toBe(2);
    expect(context.stderr.text).toContain('Did you mean duo-check?');
    expect(context.stderr.text).toContain('this quote is not closed');
    expect(context.stdout.text).toContain('the keys are right');
  });

  it('end with exit', async () => {
    const { context } = await converse('exit', '!duo-check');
    expect(context.stdout.text).toBe('');
  });

  it('say once which options have no effect', async () => {
    const { context } = await converse('!duo-check using=a', '!duo-check using=b');
    expect(context.stderr.lines).toEqual(['using has no effect outside XSOAR.']);
  });

  it('show the response of Duo for raw-response', async () => {
    const { context } = await converse('!duo-check raw-response=true');
    expect(JSON.parse(context.stdout.text)).toMatchObject({ stat: 'OK' });
  });
});

describe('a person at a terminal', () => {
  let state: string;
  let simulator: Simulator;
  let keyboard: Keyboard;
  let context: FakeContext;
  let cancel: AbortController;
  let ended: Promise<number>;

  beforeEach(async () => {
    state = await mkdtemp(join(tmpdir(), 'xsoar-duo-war-room-'));
    simulator = await startQuick();
    await open();
  });

  afterEach(async () => {
    keyboard.type(ctrlD);
    await ended;
    await rm(state, { recursive: true });
  });

  const open = async () => {
    keyboard = new Keyboard();
    cancel = new AbortController();
    context = fakeContext({
      stdin: keyboard,
      isTTY: true,
      env: { ...environmentOf(simulator), XDG_STATE_HOME: state, TERM: 'dumb' },
      signal: cancel.signal,
    });
    ended = warRoom({}, context);
    await shows('duo> ');
  };

  /** Wait until something is on the screen, and clear it. */
  const shows = async (text: string) => {
    await until(() => context.stdout.text.includes(text), JSON.stringify(text));
  };

  const historyFile = () => readFile(join(state, 'xsoar-duo', 'history'), 'utf8');

  it('says how to begin, and leaves with Ctrl-D or exit', async () => {
    expect(context.stdout.text).toContain('Type a command, such as !duo-check.');
    keyboard.type(ctrlD);
    expect(await ended).toBe(0);
    await open();
    keyboard.type('exit\r');
    expect(await ended).toBe(0);
  });

  it('completes commands, arguments and values with Tab', async () => {
    for (const keys of ['!duo-authenticate-', tab, 'pol', tab, 't', tab]) {
      keyboard.type(keys);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await shows('!duo-authenticate-status polling=true ');
    keyboard.type(ctrlC);
  });

  it('ends what runs with Ctrl-C, and gets the prompt back', async () => {
    keyboard.type('!duo-authenticate tim\r');
    await until(() => simulator.control.pending().length === 1, 'the push');
    keyboard.type(ctrlC);
    await until(() => context.stderr.text.includes('Cancelled.'), 'the word');
    keyboard.type('!duo-check\r');
    await shows('the keys are right');
  });

  it('drops a line with Ctrl-C, and says how to leave on an empty one', async () => {
    keyboard.type(`!duo-check${ctrlC}`);
    await shows('^C');
    keyboard.type(ctrlC);
    await shows('To leave, type exit or press Ctrl-D.');
    expect(context.stdout.text).not.toContain('the keys are right');
  });

  it('remembers lines for the next time, but never a secret', async () => {
    keyboard.type('!duo-authenticate alice factor=passcode passcode=918273\r');
    await shows('was denied');
    keyboard.type('!duo-preauth alice\r');
    await shows('needs a second factor');
    const timesShown = () => context.stdout.text.split('passcode=918273').length;
    const before = timesShown();
    keyboard.type(`${up}${up}${ctrlC}`);
    await shows('To leave');
    expect(timesShown()).toBe(before);
    keyboard.type(ctrlD);
    await ended;
    expect(await historyFile()).toBe('!duo-preauth alice\n');
    await open();
    keyboard.type(`${up}\r`);
    await shows('needs a second factor');
  });

  it('keeps what is typed while a command runs for the next line', async () => {
    keyboard.type('!duo-authenticate tim\r');
    await until(() => simulator.control.pending().length === 1, 'the push');
    const before = context.stdout.text;
    keyboard.type('!duo-ch');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(context.stdout.text).toBe(before);
    const [push] = simulator.control.pending();
    simulator.control.answer(push?.txid ?? '', 'approve');
    await shows('duo> !duo-ch');
    keyboard.type('eck\r');
    await shows('the keys are right');
  });

  it('echoes each line of a paste before its answer', async () => {
    keyboard.type('!duo-preauth alice\r!duo-preauth erin\rcontext Duo.PreAuth.Username\r');
    await shows('"erin"');
    const { text } = context.stdout;
    const positions = [
      'duo> !duo-preauth alice',
      'alice needs a second factor',
      'duo> !duo-preauth erin',
      'erin needs a second factor',
      'duo> context Duo.PreAuth.Username',
      '"erin"',
    ].map((part) => text.indexOf(part));
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
    expect(positions).not.toContain(-1);
  });

  it('clears the screen, and keeps the context', async () => {
    keyboard.type('!duo-preauth alice\rclear\rcontext Duo.PreAuth.Username\r');
    await shows('"alice"');
    expect(context.stdout.raw).toContain('\u001b[1;1H\u001b[0J');
  });

  it('searches earlier lines with Ctrl-R', async () => {
    keyboard.type('!duo-preauth alice\r!duo-ping\r');
    await shows('Duo answers');
    keyboard.type('\u0012prea');
    await shows("(search)`prea': !duo-preauth alice");
    const times = () => context.stdout.text.split('alice needs a second factor').length;
    const before = times();
    keyboard.type('\r');
    await until(() => times() > before, 'the answer');
  });

  it('ends when the program is to end', async () => {
    cancel.abort();
    expect(await ended).toBe(130);
  });

  it('ends without another prompt when the program is to end while a command runs', async () => {
    keyboard.type('!duo-authenticate tim\r');
    await until(() => simulator.control.pending().length === 1, 'the push');
    const { text } = context.stdout;
    cancel.abort();
    expect(await ended).toBe(130);
    expect(context.stdout.text).toBe(`${text}\n`);
  });

  it('ends at once when the program is to end before the prompt', async () => {
    const late = fakeContext({
      stdin: new Keyboard(),
      isTTY: true,
      env: environmentOf(simulator),
      signal: AbortSignal.abort(),
    });
    expect(await warRoom({}, late)).toBe(130);
  });
});
