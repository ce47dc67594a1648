import { expect, it } from 'vitest';
import { answerBuiltIn } from '../../../src/cli/prompt/built-ins.ts';
import { caught } from '../../../testing/caught.ts';

const context = { Duo: { Check: { Response: { Time: 'now' } } } };
const answer = (line: string) => answerBuiltIn(line, context, 80);

it.each([['exit'], [' quit '], ['exit now']])('%s leaves', (line) => {
  expect(answer(line)).toBe('exit');
});

it.each([['!duo-check'], ['duo-check'], ['!help'], ['helpful']])('%s is for Duo', (line) => {
  expect(answer(line)).toBeUndefined();
});

it.each([
  ['context', JSON.stringify(context, null, 2)],
  ['context Duo.Check.Response.Time', '"now"'],
  ['context ${Duo.Check.Response}', '{\n  "Time": "now"\n}'],
  ['context Duo.Nothing', 'The context has nothing there.'],
])('%s shows the context', (line, text) => {
  expect(answer(line)).toEqual({ text });
});

it('lists the commands, and describes one', () => {
  expect(answer('help')).toMatchObject({ text: expect.stringContaining('!duo-enroll-status') });
  expect(answer('?')).toEqual(answer('help'));
  expect(answer('help duo-preauth')).toMatchObject({
    text: expect.stringContaining('Duo.PreAuth.Response.Result'),
  });
  expect(answer('help !duo-preauth')).toEqual(answer('help duo-preauth'));
});

it('says what is wrong with what it is asked', () => {
  expect(caught(() => answer('help duo-prauth'))).toMatchObject({ suggestion: 'duo-preauth' });
  expect(caught(() => answer('context a..b'))).toMatchObject({
    name: 'UsageError',
    message: 'The path a..b cannot be read: a key, [number] or (condition) is missing here.',
  });
});

it('clears the screen', () => {
  expect(answer('clear')).toBe('clear');
});

it.each(['hlep', 'contxt', 'claer', 'ext'])('suggests its own words: %s', (word) => {
  expect(caught(() => answer(word))).toMatchObject({
    name: 'UsageError',
    advice: expect.stringMatching(/^Did you mean (help|context|clear|exit)\?$/),
  });
});

it.each(['duo-chek', '!hlep'])('leaves %s to the commands', (word) => {
  expect(answer(word)).toBeUndefined();
});

it.each([
  ['help clear', 'Clear the screen; the context stays.'],
  ['help exec', 'exec is a command of the program: see xsoar-duo help exec in a shell.'],
  ['help config', 'config is a command of the program: see xsoar-duo help config in a shell.'],
])('%s explains', (line, text) => {
  expect(answer(line)).toMatchObject({ text: expect.stringContaining(text) });
});
