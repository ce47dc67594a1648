import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from '../../../src/duo/endpoints/read-json.ts';
import { refusalCode } from '../../../src/duo/endpoints/refusal-code.ts';
import { failReply, okReply, replyWith } from '../../../testing/replies.ts';

const read = (body: string, overrides = {}) => readJson(replyWith(body, overrides));
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe('what is refused', () => {
  it.each([
    ['an empty body', '', 'it is empty'],
    ['a blank body', ' \n', 'it is empty'],
    ['half of it', '{"stat":', 'it is not JSON'],
    ['two of them', '{}{}', 'it is not JSON'],
    ['a name twice', '{"a":1,"a":2}', 'it says the same name twice'],
    ['a name twice, further in', '[{"b":{"a":1, "a" :1}}]', 'it says the same name twice'],
    ['a name twice, in two spellings', '{"a":1,"\\u0061":2}', 'it says the same name twice'],
    ['__proto__', '{"__proto__":{"x":1}}', 'it holds a name that no reply of Duo has'],
    ['constructor', '{"a":{"constructor":1}}', 'it holds a name that no reply of Duo has'],
    ['a disguise', '{"__pr\\u006fto__":1}', 'it holds a name that no reply of Duo has'],
    ['great depth', nested(17), 'it nests deeper than a reply of Duo does'],
    ['immense depth', nested(100_000), 'it nests deeper than a reply of Duo does'],
  ])('%s', (_what, body, fault) => {
    expect(read(body)).toEqual({ fault });
  });

  it.each([
    ['text/html; charset=utf-8', 'it is a web page'],
    ['application/xml', 'it is not JSON'],
    ['image/png', 'it is not JSON'],
    ['application/jsonp', 'it is not JSON'],
  ])('a type of %s', (contentType, fault) => {
    expect(read('{}', { contentType })).toEqual({ fault });
  });

  it('bytes that are not UTF-8', () => {
    expect(read('{}', { isUtf8: false })).toEqual({ fault: 'it is not UTF-8' });
  });
});

describe('what is read', () => {
  it.each([
    '{"a":{"a":1},"b":[{"a":1},{"a":2}]}',
    '{"a":"\\"a\\":1","b":"{\\"a\\":1}"}',
    '["__proto__","a","a"]',
    '{"a\\\\":1,"a":"\\\\"}',
    nested(16),
    'null',
  ])('%s', (body) => {
    expect(read(body)).toEqual({ value: JSON.parse(body) });
  });

  it.each(['', 'application/json', 'Application/JSON; charset=utf-8', 'application/problem+json'])(
    'a type of "%s"',
    (contentType) => {
      expect(read('{}', { contentType })).toEqual({ value: {} });
    },
  );

  it('any JSON as its parser does', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 10 }), (body) => {
        const outcome = read(body);
        expect('value' in outcome ? outcome.value : JSON.parse(body)).toEqual(JSON.parse(body));
      }),
    );
  });
});

describe('the code of a refusal', () => {
  it.each([
    ['a refusal', failReply(40105, 'No'), 40105],
    ['a success', okReply({ code: 40105 }), undefined],
    ['a code that is no number', replyWith('{"stat":"FAIL","code":"40105"}'), undefined],
    ['no JSON', replyWith('<html>'), undefined],
  ])('of %s', (_what, reply, code) => {
    expect(refusalCode(reply)).toBe(code);
  });
});
