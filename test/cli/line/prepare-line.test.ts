import { expect, it } from 'vitest';
import { prepareLine } from '../../../src/cli/line/prepare-line.ts';
import { caught } from '../../../testing/caught.ts';

const context = {
  Duo: { PreAuth: [{ Username: 'alice' }, { Username: 'bob' }], Count: 7, Empty: null },
};

it.each([
  ['!duo-check', {}],
  ['!duo-preauth alice', { username: 'alice' }],
  ['!duo-preauth username=alice ipaddr=10.0.0.1', { username: 'alice', ipaddr: '10.0.0.1' }],
  ['!duo-preauth ${Duo.PreAuth.[1].Username}', { username: 'bob' }],
  ['!duo-preauth "${Duo.PreAuth.[0].Username}@x"', { username: 'alice@x' }],
  ['!duo-preauth username=${Duo.Count}', { username: 7 }],
  ['!duo-preauth username="u${Duo.Count}"', { username: 'u7' }],
  [
    '!duo-authenticate alice pushinfo=${Duo.PreAuth.[0]}',
    { username: 'alice', pushinfo: { Username: 'alice' } },
  ],
  [
    '!duo-authenticate alice pushinfo="a=${Duo.PreAuth.[0]}"',
    { username: 'alice', pushinfo: 'a={"Username":"alice"}' },
  ],
  ['!duo-preauth username=', { username: '' }],
  ['!duo-preauth __proto__=x', { ['__proto__']: 'x' }],
])('%s', (line, args) => {
  expect(prepareLine(line, context).args).toEqual(args);
});

it('takes the options of XSOAR itself from the arguments', () => {
  const { args, options } = prepareLine(
    '!duo-preauth alice raw-response=yes ignore-output=true extend-context="A=x" using=a debug-mode=true',
    context,
  );
  expect(args).toEqual({ username: 'alice' });
  expect(options).toEqual({
    rawResponse: true,
    ignoreOutputs: true,
    extensions: [{ key: 'A', path: 'x' }],
    withoutEffect: ['using', 'debug-mode'],
  });
});

const nothingHere = 'the context has nothing here';

it.each([
  ['a fault of the grammar', '!duo-check "', [[11, 'this quote is not closed']]],
  [
    'a value that no argument takes',
    '!duo-check alice',
    [[11, 'duo-check takes no value without a name']],
  ],
  [
    'a value for an argument that is there',
    '!duo-preauth username=John Smith',
    [[27, 'username is given already: quote a value that has spaces']],
  ],
  [
    'lookups that find nothing, all of them',
    '!duo-preauth ${A} hostname="${ B.C }"',
    [
      [15, nothingHere],
      [31, nothingHere],
    ],
  ],
  ['a lookup that finds null', '!duo-preauth ${Duo.Empty}', [[15, nothingHere]]],
  [
    'a path that cannot be read',
    '!duo-preauth ${Duo..X}',
    [[19, 'a key, [number] or (condition) is missing here']],
  ],
  [
    'an option that is no boolean',
    '!duo-check raw-response=maybe',
    [[11, 'raw-response must be true or false']],
  ],
  [
    'an extension that cannot be read',
    '!duo-check extend-context=A',
    [[11, 'extend-context must be key=path, several of them joined by ::']],
  ],
])('points at %s', (_, line, faults) => {
  expect(caught(() => prepareLine(line, context))).toMatchObject({
    name: 'LineError',
    faults: faults.map(([at, rule]) => ({ at, rule })),
  });
});

it('says where values come from when there are none at all', () => {
  expect(caught(() => prepareLine('!duo-preauth ${A}', {}))).toMatchObject({
    advice:
      'The context is empty: values are there for the lines that follow, in xsoar-duo war-room.',
  });
  expect(caught(() => prepareLine('!duo-preauth ${A}', context))).toMatchObject({
    advice: 'Nothing was sent to Duo.',
  });
});

it('knows no other command, and suggests one', () => {
  expect(caught(() => prepareLine('!duo-preuth alice', {}))).toMatchObject({
    name: 'UnknownCommandError',
    suggestion: 'duo-preauth',
  });
});
