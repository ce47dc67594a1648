import { expect, it } from 'vitest';
import { createRenderMarkdown } from '../../../src/cli/output/render-markdown.ts';
import { toMarkdown } from '../../../src/integration/readable.ts';
import { fakeContext } from '../../../testing/cli-context.ts';

const hostile = 'a_b *c* | [x](http://e.example) `d` <b> ~~e~~ \\f';

const answer = toMarkdown({
  title: `Duo preauth: ${hostile}`,
  rows: [{ Result: 'auth', "Duo's message": hostile }],
  more: {
    intro: 'Devices:',
    rows: [
      { Device: '日本の電話', ID: 'DP1' },
      { Device: 'b', ID: 'DP2' },
    ],
  },
  next: [['Run ', { code: 'duo-authenticate' }, '. ', { strong: '123456' }]],
});

it('is plain for a pipe: aligned columns, no escapes left, no colors', async () => {
  const render = await createRenderMarkdown(fakeContext().stdout, {});
  expect(render(answer)).toBe(
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
    ].join('\n'),
  );
});

const onTerminal = async (columns: number, env = {}) => {
  const { stdout } = fakeContext({ isTTY: true });
  stdout.columns = columns;
  return { render: await createRenderMarkdown(stdout, env), stdout };
};

it('has rules and colors on a terminal', async () => {
  const { render } = await onTerminal(100);
  const text = render(answer);
  expect(text).toContain('\u001b[1mDuo preauth');
  expect(text).toContain('│');
});

it.each([{ NO_COLOR: '1' }, { TERM: 'dumb' }])('has no colors with %o', async (env) => {
  const { render } = await onTerminal(100, env);
  expect(render('### Title')).toBe('Title');
});

it('turns a table into records where it does not fit, in the width of the moment', async () => {
  const { render, stdout } = await onTerminal(100, { NO_COLOR: '1' });
  const table = toMarkdown({
    title: 'T',
    rows: [
      { Name: 'a name of some length', Number: 'a number of some length', Note: 'n' },
      { Name: 'b', Number: '', Note: '' },
    ],
  });
  expect(render(table)).toContain('│');
  stdout.columns = 40;
  expect(render(table)).toBe(
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
});

it('wraps words, and never breaks an address', async () => {
  const { render } = await onTerminal(44, { NO_COLOR: '1' });
  const address = 'https://api-1.duosecurity.com/portal?code=0123456789abcdef&akey=DA01';
  expect(render(`The user can enroll here within five minutes: ${address}`).split('\n')).toEqual([
    'The user can enroll here within five',
    'minutes:',
    address,
  ]);
});
