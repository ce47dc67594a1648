import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  lineOfWords,
  type ParsedLine,
  parseLine,
  type Template,
} from '../../../src/cli/line/parse-line.ts';
import { quoteValue } from './quote-value.ts';

const text = (template: Template | undefined): string =>
  (template ?? []).map((part) => ('text' in part ? part.text : `<${part.lookup}>`)).join('');

/** A line as its command, its positional value after a colon, and its arguments. */
const sketch = (parsed: ParsedLine): string => {
  if ('faults' in parsed) {
    return JSON.stringify(parsed.faults);
  }
  const { command, args, positional } = parsed.line;
  return [
    command,
    ...(positional === undefined ? [] : [`:${text(positional.value)}`]),
    ...args.map(({ name, value }) => `${name}=${text(value)}`),
  ].join(' | ');
};

it.each([
  ['a command alone', '!duo-check', 'duo-check'],
  ['space around', '  !duo-check  ', 'duo-check'],
  ['no exclamation mark', 'duo-check', 'duo-check'],
  ['an argument', '!c username=alice', 'c | username=alice'],
  ['several, over tabs and line ends', '!c a=1\tb=2\n  c=3', 'c | a=1 | b=2 | c=3'],
  ['a value without a name', '!c alice', 'c | :alice'],
  ['a value without a name after others', '!c a=1 alice', 'c | :alice | a=1'],
  ['a quoted value without a name', '!c "a b"', 'c | :a b'],
  ['what looks like no name', '!c a@b=c', 'c | :a@b=c'],
  ['an empty value', '!c a= b=""', 'c | a= | b='],
  ['an equals sign in a value', '!c a=b=c d="e=f"', 'c | a=b=c | d=e=f'],
  ['underscores and dashes in a name', '!c a_b-c=1', 'c | a_b-c=1'],
  ['double quotes', '!c a="two words"', 'c | a=two words'],
  ['single quotes', "!c a='two words'", 'c | a=two words'],
  ['backticks', '!c a=`two words`', 'c | a=two words'],
  ['the other quotes within quotes', '!c a="it\'s `so`"', "c | a=it's `so`"],
  [
    'what needs no escape in quotes',
    '!c a="&& || ! {} [] () ~ * ?"',
    'c | a=&& || ! {} [] () ~ * ?',
  ],
  ['escaped quotes', '!c a="say \\"hi\\"" b=\'it\\\'s\'', 'c | a=say "hi" | b=it\'s'],
  ['every escape', '!c a="\\\\ \\n \\t \\r \\^ \\: \\, \\ ."', 'c | a=\\ \n \t \r ^ : ,  .'],
  ['an escape that is none', '!c a="CORP\\alice"', 'c | a=CORP\\alice'],
  ['a backslash outside quotes', '!c a=CORP\\nina b=x\\', 'c | a=CORP\\nina | b=x\\'],
  ['a backslash in backticks', '!c a=`C:\\new`', 'c | a=C:\\new'],
  ['a backtick in backticks', '!c a=`x\\`y`', 'c | a=x`y'],
  ['JSON in backticks', '!c a=`{"a": "b, c"}`', 'c | a={"a": "b, c"}'],
  ['an apostrophe inside a bare value', "!c a=O'Brien", "c | a=O'Brien"],
  ['a lookup', '!c a=${Duo.X.[1]}', 'c | a=<Duo.X.[1]>'],
  ['a lookup among text', '!c a="hello ${ a } and ${b}"', 'c | a=hello <a> and <b>'],
  ['a lookup in backticks', '!c a=`{"x": "${a}"}`', 'c | a={"x": "<a>"}'],
  [
    'spaces, quotes and braces inside a lookup',
    `!c a=\${X(val.T == '}').R} b=1`,
    `c | a=<X(val.T == '}').R> | b=1`,
  ],
  ['an escaped lookup', '!c a="\\${a}"', 'c | a=${a}'],
  ['a dollar sign that is no lookup', '!c a=$5', 'c | a=$5'],
  [
    "XSOAR's own options",
    '!c a=1 raw-response=true using="x y" extend-context=`k=p::l=q`',
    'c | a=1 | raw-response=true | using=x y | extend-context=k=p::l=q',
  ],
])('reads %s', (_, line, expected) => {
  expect(sketch(parseLine(line))).toBe(expected);
});

const onlyOne = 'only one value goes without a name: quote a value that has spaces';

it.each([
  ['nothing', '', [[0, 'a command is missing']]],
  ['a mark alone', '!', [[1, 'a command is missing']]],
  ['space after the mark', '! duo-check', [[1, 'a command is missing']]],
  [
    'a system command',
    '/close_investigation now',
    [[0, "a slash begins a command of XSOAR's own server: only ! commands run here"]],
  ],
  ['a mention', '@alice', [[0, 'an at sign notifies people in XSOAR: only ! commands run here']]],
  ['a strange command', '!duo.check', [[4, 'a command is made of letters, digits and dashes']]],
  ['a quote that stays open', '!c a="x y', [[5, 'this quote is not closed']]],
  ['an open single quote', "!c a='x", [[5, 'this quote is not closed']]],
  ['an open backtick', '!c a=`x', [[5, 'this backtick is not closed']]],
  ['a quote that is escaped away', '!c a="x\\"', [[5, 'this quote is not closed']]],
  ['text after a quote', '!c a="x"y', [[8, 'white space is missing after the closing quote']]],
  [
    'a quote inside a value',
    '!c a=x"y',
    [[6, 'a quote cannot be inside a value: quote the whole value']],
  ],
  [
    'space around =',
    '!c a = b',
    [
      [5, 'write = right after its name, and the value right after it'],
      [7, onlyOne],
    ],
  ],
  ['an argument twice', '!c a=1 a=2', [[7, 'a is given twice']]],
  ['an option twice', '!c using=1 using=2', [[11, 'using is given twice']]],
  ['two values without a name', '!c John Smith', [[8, onlyOne]]],
  ['a lookup that stays open', '!c a=${x', [[5, 'this lookup is not closed']]],
  ['an open lookup in quotes', '!c a="${x"', [[6, 'this lookup is not closed']]],
  ['an empty lookup', '!c a=${ }', [[5, 'a path is missing in this lookup']]],
  [
    'all of them at once',
    '!c a="x"y =z a=1 b=`',
    [
      [8, 'white space is missing after the closing quote'],
      [10, 'write = right after its name, and the value right after it'],
      [19, 'this backtick is not closed'],
    ],
  ],
])('refuses %s', (_, line, faults) => {
  expect(parseLine(line)).toEqual({ faults: faults.map(([at, rule]) => ({ at, rule })) });
});

it('says where each argument and each lookup begins', () => {
  const parsed = parseLine('!c  x  a=1 b="${ Duo.X }"');
  expect(parsed).toMatchObject({
    line: {
      positional: { at: 4 },
      args: [{ at: 7 }, { at: 11, value: [{ lookup: 'Duo.X', at: 17 }] }],
    },
  });
});

describe('the words that a shell has taken apart', () => {
  it.each([
    [['!duo-preauth username=alice'], '!duo-preauth username=alice'],
    [['duo-preauth', 'username=alice'], 'duo-preauth username=alice'],
    [['duo-preauth', 'alice'], 'duo-preauth alice'],
    [['c', 'a=John Smith'], 'c a="John Smith"'],
    [['c', 'John Smith'], 'c "John Smith"'],
    [['c', 'a="John Smith"'], 'c a="John Smith"'],
    [['c', "a=O'Brien"], "c a=O'Brien"],
    [['c', 'a={"b":"c d"}'], 'c a="{\\"b\\":\\"c d\\"}"'],
    [['c', 'a=CORP\\nina'], 'c a=CORP\\nina'],
    [['c', 'a=CORP\\nina x'], 'c a="CORP\\\\nina x"'],
    [['c', 'a='], 'c a='],
    [['c', 'passcode=-'], 'c passcode=-'],
  ])('%j are the line %s', (words, line) => {
    expect(lineOfWords(words)).toBe(line);
  });
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  // What the grammar gives a meaning to, far more often than chance would.
  fc.string({ unit: fc.constantFrom(...'\\"\'`${}=! \n\t\r^:,na') }),
);

const valuesIn = (line: string): unknown => {
  const parsed = parseLine(line);
  return 'line' in parsed
    ? parsed.line.args.map(({ name, value }) => [
        name,
        value.map((part) => ('text' in part ? part.text : part)).join(''),
      ])
    : parsed;
};

it('lets any value survive being quoted and read, beside any other', () => {
  fc.assert(
    fc.property(anyText, anyText, (first, second) => {
      const line = `!c a=${quoteValue(first)} b=${quoteValue(second)}`;
      expect(valuesIn(line)).toEqual([
        ['a', first],
        ['b', second],
      ]);
    }),
    { numRuns: 2000 },
  );
});

it('reads any text to an end, with every fault inside it', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const parsed = parseLine(text);
      if ('faults' in parsed) {
        expect(parsed.faults.length).toBeGreaterThan(0);
        for (const { at } of parsed.faults) {
          expect(at).toBeGreaterThanOrEqual(0);
          expect(at).toBeLessThanOrEqual(text.length);
        }
      }
    }),
    { numRuns: 2000 },
  );
});

it.each([
  ['alice', 'alice'],
  ['a@b.example', 'a@b.example'],
  ['', '""'],
  ['two words', '"two words"'],
  ['CORP\\nina', '"CORP\\\\nina"'],
  ['${x}', '"\\${x}"'],
])('writes %j as %s', (value, quoted) => {
  expect(quoteValue(value)).toBe(quoted);
});
