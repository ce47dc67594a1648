import { expect, it } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { type FakeOptions, fakeContext } from './cli-context.ts';
import { environmentOf, startQuick } from './cli-simulator.ts';

const run = async (args: string[], fakes: FakeOptions = {}) => {
  const context = fakeContext(fakes);
  const code = await runProgram(args, context);
  return { code, stdout: context.stdout.text, stderr: context.stderr.text };
};

it.each([['--help'], ['help'], ['exec', '--help'], ['help', 'exec']])(
  'prints help and ends well: %s %s',
  async (...args) => {
    const { code, stdout, stderr } = await run(args.filter((arg) => arg !== undefined));
    expect(code).toBe(0);
    expect(stdout).toContain('Usage: xsoar-duo');
    expect(stdout).toContain('!duo-enroll-status');
    expect(stdout).toContain('Exit codes: 0 done');
    expect(stderr).toBe('');
  },
);

it.each(['exec', 'war-room', 'run', 'test'])(
  'help on %s says where parameters come from',
  async (name) => {
    const { stdout } = await run(['help', name]);
    for (const variable of ['DUO_HOSTNAME', 'DUO_IKEY', 'DUO_SKEY', 'DUO_CA_FILE']) {
      expect(stdout).toContain(variable);
    }
    expect(stdout).toContain('They are never mixed.');
  },
);

it.each(['duo-authenticate', '!duo-authenticate'])('prints all about %s', async (name) => {
  const { code, stdout } = await run(['help', name]);
  expect(code).toBe(0);
  expect(stdout).toContain('Duo.Transaction.TxID');
});

it('prints its version', async () => {
  expect(await run(['--version'])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});

it.each([
  ['no command', [], 'Usage: xsoar-duo'],
  ['an unknown command', ['exce'], 'Did you mean exec?'],
  ['an unknown option', ['test', '--parms', 'x'], 'Did you mean --params?'],
  ['a missing argument', ['exec'], "missing required argument 'line'"],
  ['too many arguments', ['test', 'alice'], 'too many arguments'],
  [
    'a wrong choice',
    ['exec', 'x', '--output', 'yaml'],
    'Allowed choices are text, markdown, json, context, raw',
  ],
  ['no number', ['run', '--concurrency', 'many'], 'It must be a whole number from 1 to 10000.'],
  [
    'a port too high',
    ['simulator', '--port', '65536'],
    'It must be a whole number from 0 to 65535.',
  ],
  ['help on nothing known', ['help', 'duo-prauth'], 'Did you mean duo-preauth?'],
  ['a file that is not there', ['test', '--params', '/none.json'], 'cannot be read: ENOENT'],
  ['no parameters', ['test'], '--params, --profile or --env-file'],
  ['two sources', ['test', '--params', 'a', '--profile', 'b'], 'cannot be used with'],
  [
    'a field and an output',
    ['exec', 'x', '--field', 'a', '--output', 'raw'],
    'cannot be used with',
  ],
  ['a line with a fault', ['exec', '!duo-check "'], '^ this quote is not closed'],
])('ends with 2 and says why: %s', async (_, args, message) => {
  const { code, stdout, stderr } = await run(args);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
  expect(stdout).toBe('');
});

it('ends with 1 when the network fails, and says what to do', async () => {
  const env = { DUO_HOSTNAME: 'localhost:1', DUO_IKEY: 'i', DUO_SKEY: 'SECRET' };
  const { code, stderr } = await run(['test'], { env });
  expect(code).toBe(1);
  expect(stderr).toContain('localhost:1 refused the connection.\nCheck the API hostname');
  expect(stderr).not.toContain('SECRET');
});

it('runs each command with its options', async () => {
  const env = environmentOf(await startQuick());
  expect(await run(['test'], { env })).toMatchObject({ code: 0, stdout: 'ok\n' });
  expect(
    await run(['exec', '!duo-preauth', 'alice', '--output', 'raw', '--require-allow'], { env }),
  ).toMatchObject({ code: 3, stdout: expect.stringContaining('"stat": "OK"') });
  expect(
    await run(['run', '--concurrency', '1'], { env, stdin: '{"id":1,"command":"duo-check"}\n' }),
  ).toMatchObject({ code: 0, stdout: expect.stringContaining('"id":1') });
  expect(await run(['war-room'], { env, stdin: '!duo-check\n' })).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('the keys are right'),
  });
  expect(await run(['simulator', '--print-config'])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('integrations:'),
  });
});

it('says which argument was probably meant', async () => {
  const env = environmentOf(await startQuick());
  const { code, stderr } = await run(['exec', 'duo-preauth', 'usrname=alice'], { env });
  expect(code).toBe(2);
  expect(stderr).toContain('usrname is not an argument of duo-preauth; did you mean username?');
});
