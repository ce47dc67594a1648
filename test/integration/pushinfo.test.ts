import { describe, expect, it } from 'vitest';
import { pushinfo } from '../../src/integration/pushinfo.ts';

const read = (value: unknown) => pushinfo.schema.safeParse(value);

describe('pushinfo', () => {
  it.each([
    ['an object', { From: 'XSOAR', n: 4, urgent: true }, { From: 'XSOAR', n: '4', urgent: 'true' }],
    ['a JSON object', ' {"From":"XSOAR","n":4}', { From: 'XSOAR', n: '4' }],
    ['pairs', 'From=XSOAR&Incident=42', { From: 'XSOAR', Incident: '42' }],
    ['pairs on lines', 'From=XSOAR\nIncident=42\n', { From: 'XSOAR', Incident: '42' }],
    [
      'URL-encoded pairs',
      'from=login%20portal&a%26b=c%3Dd',
      { from: 'login portal', 'a&b': 'c=d' },
    ],
    [
      'URL-encoded pairs with a plus for a space',
      'Server+IP=10.0.0.1&Note=a%2Bb+c',
      { 'Server IP': '10.0.0.1', Note: 'a+b c' },
    ],
    ['a plus in plain pairs', 'Phone=+49 170 1234&Sum=1+1', { Phone: '+49 170 1234', Sum: '1+1' }],
    ['an escape that is not UTF-8', 'Rate=5%ff', { Rate: '5%ff' }],
    ['a percent sign that is no escape', 'Rate=5%', { Rate: '5%' }],
    ['an equals sign in a value', 'q=a=b', { q: 'a=b' }],
    ['an empty value', 'q=', { q: '' }],
    ['in the order given', 'z=1&a=2', { z: '1', a: '2' }],
  ])('%s', (_what, value, pairs) => {
    const { data } = read(value);
    expect(data).toEqual(pairs);
    expect(Object.keys(data ?? {})).toEqual(Object.keys(pairs));
  });

  it.each([
    ['plain text', 'hello'],
    ['a value without a name', '=x'],
    ['broken JSON', '{"a":'],
    ['a JSON list', '["a"]'],
    ['a nested object', '{"a":{"b":1}}'],
    ['a list', ['a']],
    ['a number', 5],
  ])('refuses %s', (_what, value) => {
    expect(read(value).error?.issues[0]?.message).toMatch(/^must be a JSON object, or pairs/);
  });

  it.each([
    ['too much of it', { note: 'x'.repeat(20_000) }, 'must stay under 20000 bytes once encoded'],
    ['half a character', '{"note":"\\ud83d"}', 'is not well-formed Unicode text'],
  ])('refuses %s', (_what, value, rule) => {
    expect(read(value).error?.issues[0]?.message).toBe(rule);
  });
});
