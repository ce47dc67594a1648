import { describe, expect, it } from 'vitest';
import { Parameters } from '../../../src/simulator/api/request.ts';
import { ProtocolError } from '../../../src/simulator/core/error-codes.ts';

const refusal = (run: () => unknown): Partial<ProtocolError> => {
  try {
    run();
  } catch (error) {
    if (error instanceof ProtocolError) {
      return { code: error.code, detail: error.detail };
    }
  }
  return {};
};

describe('Parameters', () => {
  it('counts an empty value as absent', () => {
    const params = new Parameters([['ipaddr', '']]);
    expect(params.get('ipaddr')).toBeUndefined();
    expect(refusal(() => params.require('ipaddr'))).toEqual({ code: 40001, detail: 'ipaddr' });
  });

  it('refuses a name that comes twice', () => {
    const params = new Parameters([
      ['username', 'bob'],
      ['username', 'carol'],
    ]);
    expect(refusal(() => params.get('username'))).toEqual({ code: 40002, detail: 'username' });
  });

  it.each([
    ['1', true],
    ['true', true],
    ['True', true],
    ['0', false],
    ['false', false],
    ['', false],
  ])('reads %j as the switch %s', (value, expected) => {
    expect(new Parameters([['async', value]]).flag('async')).toBe(expected);
  });

  it('refuses a switch that is neither', () => {
    const params = new Parameters([['async', '2']]);
    expect(refusal(() => params.flag('async'))).toEqual({ code: 40002, detail: 'async' });
  });

  it.each(['0', '11', '-1', '1.5', '1e1', 'ten', '99999999999'])(
    'refuses the number %s',
    (text) => {
      const params = new Parameters([['bypass_codes', text]]);
      expect(refusal(() => params.wholeNumber('bypass_codes', 1, 10))).toEqual({
        code: 40002,
        detail: 'bypass_codes',
      });
    },
  );
});
