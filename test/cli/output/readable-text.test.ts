import { expect, it } from 'vitest';
import { readableText } from '../../../src/cli/output/readable-text.ts';
import type { Readable } from '../../../src/integration/readable.ts';
import { fakeContext } from '../cli-context.ts';

const hostile = 'a_b *c* | [x](http://e.example) `d` <b> ~~e~~ \\f';

const answer: Readable = {
  title: `Duo preauth: ${hostile}`,
  rows: [{ Result: 'auth', Nothing: '', "Duo's message": hostile }],
  more: {
    intro: 'Devices:',
    rows: [
      { Device: '日本の電話', ID: 'DP1' },
      { Device: 'b', ID: 'DP2' },
    ],
  },
  next: [['Run ', { code: 'duo-authenticate' }, '. ', { strong: '123456' }], 'Then go on.'],
};

const onTerminal = (readable: Readable, columns: number, env = {}): string => {
  const { stdout } = fakeContext({ isTTY: true });
  stdout.columns = columns;
  return readableText(readable, { stdout, env });
};

it('is plain for a pipe: aligned columns, no Markdown, no colors', () => {
  expect(readableText(answer, { stdout: fakeContext().stdout, env: {} })).toBe(
    [
      `Duo preauth: ${hostile}`,
      '',
      "Result  Duo's message",
      `auth    ${hostile}`,
      '',
      'Devices:',
      '',
      'Device      ID',
      '日本の電話  DP1',
      'b           DP2',
      '',
      'Run duo-authenticate. 123456',
      '',
      'Then go on.',
    ].join('\n'),
  );
});

it('has colors on a terminal', () => {
  const text = onTerminal(answer, 100);
  expect(text).toContain('\u001b[1mDuo preauth');
  expect(text).toContain('\u001b[36mduo-authenticate\u001b[39m');
});

it.each([{ NO_COLOR: '1' }, { TERM: 'dumb' }])('has no colors with %o', (env) => {
  expect(onTerminal(answer, 100, env)).not.toContain('\u001b');
});

it('shows nothing that a terminal would obey', () => {
  const text = onTerminal(
    { title: '\u001b[2Jx', rows: [{ A: 'b\u202ec\u0007' }], next: [[{ link: '\u009b2Jd' }]] },
    80,
    { NO_COLOR: '1' },
  );
  expect(text).toBe('x\n\nA\nbc\n\nd');
});

const wide: Readable = {
  title: 'T',
  rows: [
    { Name: 'a name of some length', Number: 'a number of some length', Note: 'n' },
    { Name: 'b', Number: '', Note: '' },
  ],
};

it('turns a table into records where it does not fit', () => {
  const env = { NO_COLOR: '1' };
  expect(onTerminal(wide, 100, env)).toContain('Name                   Number');
  expect(onTerminal(wide, 40, env)).toBe(
    [
      'T',
      '',
      'Name    a name of some length',
      'Number  a number of some length',
      'Note    n',
      '',
      'Name    b',
    ].join('\n'),
  );
  expect(onTerminal(wide, 20, env)).toContain(
    ['Number  a number of', '        some length'].join('\n'),
  );
});

it('wraps words, and never breaks an address', () => {
  const address = 'https://api-1.duosecurity.com/portal?code=0123456789abcdef&akey=DA01';
  const next = [['The user can enroll here within five minutes: ', { link: address }]];
  const text = onTerminal({ title: 'T', rows: [{ A: 'b' }], next }, 44, { NO_COLOR: '1' });
  expect(text.split('\n').slice(-3)).toEqual([
    'The user can enroll here within five',
    'minutes:',
    address,
  ]);
});
