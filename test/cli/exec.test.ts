import { describe, expect, it } from 'vitest';
import { type ExecOptions, exec } from '../../src/cli/exec.ts';
import { rejection } from '../../testing/caught.ts';
import { until } from '../../testing/running-simulator.ts';
import { type FakeContext, type FakeOptions, fakeContext } from './cli-context.ts';
import { environmentOf, startQuick } from './cli-simulator.ts';

const run = async (
  line: string,
  options: Partial<ExecOptions> = {},
  fakes: FakeOptions = {},
): Promise<{ code: number; context: FakeContext }> => {
  const simulator = await startQuick();
  const context = fakeContext({ env: environmentOf(simulator), ...fakes });
  const code = await exec([line], { output: 'text', ...options }, context);
  return { code, context };
};

it('prints the readable answer, and nothing beside it', async () => {
  const { code, context } = await run('!duo-preauth alice');
  expect(code).toBe(0);
  expect(context.stdout.lines[0]).toBe('Duo preauth: alice needs a second factor');
  expect(context.stderr.text).toBe('');
});

it('warns of parameters that look wrong, apart from the answer', async () => {
  const simulator = await startQuick();
  const env = { ...environmentOf(simulator), DUO_INSECURE: 'true' };
  const context = fakeContext({ env });
  await exec(['!duo-check'], { output: 'json' }, context);
  expect(context.stderr.lines).toEqual(['Warning: insecure is on: any certificate is trusted.']);
  expect(JSON.parse(context.stdout.text)).toHaveLength(1);
});

it('prints Markdown', async () => {
  const { context } = await run('!duo-preauth alice', { output: 'markdown' });
  expect(context.stdout.lines[0]).toBe('### Duo preauth: alice needs a second factor');
  expect(context.stdout.text).toContain('| --- |');
});

it('takes a line that the shell has taken apart', async () => {
  const simulator = await startQuick();
  const context = fakeContext({ env: environmentOf(simulator) });
  await exec(['duo-preauth', 'username=John Smith'], { output: 'context' }, context);
  expect(JSON.parse(context.stdout.text)).toMatchObject({
    Duo: { PreAuth: { Username: 'John Smith' } },
  });
});

it('prints the entries', async () => {
  const { context } = await run('!duo-preauth alice', { output: 'json' });
  const [entry] = JSON.parse(context.stdout.text);
  expect(entry).toMatchObject({ Type: 1, ContentsFormat: 'json', IgnoreAutoExtract: true });
});

it('prints the context', async () => {
  const { context } = await run('!duo-preauth alice', { output: 'context' });
  expect(JSON.parse(context.stdout.text)).toMatchObject({
    Duo: { PreAuth: { Username: 'alice', Response: { Result: 'auth' } } },
  });
});

it.each([
  ['--output raw', '!duo-preauth alice', { output: 'raw' }],
  ['raw-response=true', '!duo-preauth alice raw-response=true', {}],
] as const)("prints Duo's response with %s", async (_, line, options) => {
  const { context } = await run(line, options);
  expect(JSON.parse(context.stdout.text)).toMatchObject({
    stat: 'OK',
    response: { result: 'auth' },
  });
});

it('takes more into the context, or less', async () => {
  const { context } = await run(
    '!duo-preauth alice extend-context="Mine=response.result" ignore-outputs=true',
    { output: 'context' },
  );
  expect(JSON.parse(context.stdout.text)).toEqual({ Mine: 'auth' });
});

it('reads the line from the input for -', async () => {
  const { context } = await run('-', {}, { stdin: '!duo-preauth alice\n' });
  expect(context.stdout.text).toContain('alice needs a second factor');
});

it('says which options have no effect here', async () => {
  const { context } = await run('!duo-check using=one retry-count=2');
  expect(context.stderr.text).toContain('using has no effect outside XSOAR.');
  expect(context.stderr.text).toContain('retry-count has no effect outside XSOAR.');
});

it.each([
  ['an approval', '!duo-authenticate alice factor=push', true, 0],
  ['a deny', '!duo-authenticate erin factor=push', true, 3],
  ['a deny without --require-allow', '!duo-authenticate erin factor=push', false, 0],
  ['a start without an answer', '!duo-authenticate alice async=true', true, 3],
])('ends %s with its code', async (_, line, requireAllow, code) => {
  expect((await run(line, { requireAllow })).code).toBe(code);
});

it('says what is wrong with a line before it looks at the parameters', async () => {
  const context = fakeContext({ env: {} });
  expect(await rejection(exec(['!duo-check "'], { output: 'json' }, context))).toMatchObject({
    name: 'LineError',
  });
  expect(await rejection(exec(['!duo-check'], { output: 'json' }, context))).toMatchObject({
    name: 'BadParameterError',
    faults: [{ name: 'hostname' }, { name: 'ikey' }, { name: 'skey' }],
  });
});

it('is cancelled by the signal while a phone is awaited', async () => {
  const simulator = await startQuick();
  const cancel = new AbortController();
  const context = fakeContext({ env: environmentOf(simulator), signal: cancel.signal });
  const running = rejection(exec(['!duo-authenticate tim'], { output: 'text' }, context));
  await until(() => simulator.control.pending().length === 1, 'the push');
  cancel.abort();
  expect(await running).toMatchObject({ name: 'CancelledError', mayReachUser: true });
});

describe('--field', () => {
  it('prints a line for each path, and for each member of a list', async () => {
    const { context } = await run('!duo-preauth alice', {
      field: [
        'Duo.PreAuth.Response.Result',
        'Duo.PreAuth.Response.Devices.Capabilities',
        'Duo.PreAuth.Response.EnrollPortalURL',
        'Duo.PreAuth.Username',
      ],
    });
    expect(context.stdout.text).toBe('auth\nauto\npush\nsms\nphone\nmobile_otp\n\nalice\n');
  });

  it('prints an object as JSON, and what the line takes besides', async () => {
    const { context } = await run('!duo-check extend-context="Mine=response"', { field: ['Mine'] });
    expect(JSON.parse(context.stdout.text)).toEqual({ time: expect.any(Number) });
  });

  it.each([
    ['Duo.PreAuth.Response.Reslt', 'Did you mean Duo.PreAuth.Response.Result?'],
    ['Nothing', 'xsoar-duo help duo-preauth lists what it writes.'],
  ])('refuses %s before anything is sent', async (field, advice) => {
    const context = fakeContext({ env: {} });
    const options = { output: 'text', field: [field] } as const;
    expect(await rejection(exec(['duo-preauth', 'alice'], options, context))).toMatchObject({
      message: `duo-preauth writes no ${field}.`,
      advice,
    });
  });

  it('says what cannot be read in a path', async () => {
    const context = fakeContext({ env: {} });
    const options = { output: 'text', field: ['a..b'] } as const;
    expect(await rejection(exec(['duo-check'], options, context))).toMatchObject({
      message: 'The field a..b cannot be read: a key, [number] or (condition) is missing here.',
    });
  });
});

it.each(['duo-check', 'duo-ping', 'duo-logo', 'duo-enroll'])(
  'refuses --require-allow with %s, which does not allow or deny a user',
  async (line) => {
    const context = fakeContext({ env: {} });
    const options = { output: 'text', requireAllow: true } as const;
    expect(await rejection(exec([line], options, context))).toMatchObject({
      name: 'UsageError',
      message: `--require-allow does not apply to ${line}: its result does not allow or deny a user.`,
    });
  },
);
