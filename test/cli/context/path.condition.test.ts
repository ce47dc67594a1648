import { expect, it } from 'vitest';
import { parseCondition } from '../../../src/cli/context/path.ts';
import { caught } from '../../../testing/caught.ts';

const val = { id: 'x', n: 10, digits: '10', yes: true, no: false, deep: { key: 'k' } };
const obj = { id: 'x', other: 'y' };

it.each([
  ["val.id == 'x'", true],
  ['val.id == "y"', false],
  ['val.id === obj.id', true],
  ["val.id != 'x'", false],
  ["val.id !== 'y'", true],
  ['val.id && val.id == obj.id', true],
  ['val.missing && val.missing == obj.missing', false],
  ['val.missing == obj.missing', true],
  ['val.missing == undefined', true],
  ['val.missing === null', false],
  ['val.id == obj.other || val.yes', true],
  ["val.no || val.id == 'y'", false],
  // && binds more tightly than ||.
  ['val.yes || val.no && val.no', true],
  ['(val.yes || val.no) && val.no', false],
  ['!val.no', true],
  ['!(val.yes && val.yes)', false],
  ['val.n == 10', true],
  ["val.n == '10'", true],
  ['val.digits == 10', true],
  ['val.n === val.digits', false],
  ['val.n > 9', true],
  ['val.n < 9', false],
  ['val.n >= 10', true],
  ['val.n <= 9.5', false],
  ['val.n > -1', true],
  ["val.id < 'y'", true],
  ["val.id > 'y'", false],
  ["val.id >= 'x'", true],
  ["val.id > 'w'", true],
  ['val.n > val.id', false],
  ["val.deep.key == 'k'", true],
  ['val.yes == true', true],
  ['val.no == false', true],
  ['true', true],
  ['val.constructor', false],
  ["val['id'] == 'x'", true],
  ["val['constructor']", false],
])('%s is %s', (condition, expected) => {
  expect(parseCondition(condition, 0)({ val, obj })).toBe(expected);
});

it('has no obj while reading', () => {
  expect(parseCondition('val.id == obj.id', 0)({ val })).toBe(false);
});

it.each([
  ['', 10, 'a condition is one expression'],
  ['val.x ==', 18, 'not a condition: Expected expression after =='],
  ['val.x == 1 2', 10, 'a condition is one expression'],
  ['(val.x', 16, 'not a condition: Unclosed ('],
  ['== 1', 10, 'not a condition: Unexpected "="'],
  ['process.exit', 10, 'a condition knows val and obj only'],
  ['global', 10, 'a condition knows val and obj only'],
  ['val.x.indexOf(1) >= 0', 10, 'a condition calls no functions here'],
  ["val.x == 'open", 24, 'not a condition: Unclosed quote after "open"'],
  ['val.x = 1', 16, 'not a condition: Unexpected "="'],
  ['val.x + 1 == 2', 10, 'a condition has no operator +'],
  ['~val.x', 10, 'a condition has no operator ~'],
  ['this.x', 10, 'a condition consists of comparisons, &&, ||, ! and parentheses'],
  ['val.x ? 1 : 2', 10, 'a condition consists of comparisons, &&, ||, ! and parentheses'],
])('cannot read %j', (condition, at, message) => {
  expect(caught(() => parseCondition(condition, 10))).toMatchObject({ at, message });
});
