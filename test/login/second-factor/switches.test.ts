import { describe, expect, it } from 'vitest';
import { readSwitches } from '../../../src/login/second-factor/switches.ts';

const known = { use2fa: true, requirePassword: false };

describe("XSOAR's instances", () => {
  const instance = (more: object) => ({
    name: 'one',
    brand: 'duo',
    enabled: 'true',
    data: [
      { name: 'use_2fa', value: 'true' },
      { name: 'require_password', value: 'false' },
    ],
    ...more,
  });

  it.each([
    ['texts', 'true'],
    ['booleans', true],
  ])('may say yes in %s', (_how, value) => {
    const data = [
      { name: 'use_2fa', value },
      { name: 'require_password', value },
    ];
    expect(readSwitches({ instances: [instance({ data })] }, undefined, known)).toEqual({
      switches: { use2fa: true, requirePassword: true },
      unreadable: [],
    });
  });

  it.each([null, undefined, '', 'yes', 0, 1, {}, ['true']])(
    'a switch of %j stays as it was known',
    (value) => {
      const data = [{ name: 'use_2fa', value }];
      for (const use2fa of [true, false]) {
        const before = { use2fa, requirePassword: true };
        expect(readSwitches({ instances: [instance({ data })] }, undefined, before)).toEqual({
          switches: before,
          unreadable: ['use_2fa', 'require_password'],
        });
      }
    },
  );

  it('an instance without data leaves both as they were known', () => {
    const { switches } = readSwitches({ instances: [instance({ data: null })] }, undefined, known);
    expect(switches).toEqual(known);
  });

  it('the built-in integration and this one count, others and disabled ones do not', () => {
    const instances = [
      instance({ brand: 'Duo Auth API', name: 'mine' }),
      instance({ enabled: 'false' }),
      instance({ brand: 'slack' }),
    ];
    expect(readSwitches({ instances }, undefined, known)).toMatchObject({ unreadable: [] });
  });

  it.each([
    ['none', { instances: [] }],
    ['two', { instances: [instance({}), instance({ name: 'two' })] }],
    ['another shape', { instances: 'x' }],
  ])('%s is an error', (_what, response) => {
    expect(() => readSwitches(response, undefined, known)).toThrow();
  });

  it('of two, one can be named', () => {
    const data = [{ name: 'use_2fa', value: 'false' }];
    const response = { instances: [instance({}), instance({ name: 'two', data })] };
    expect(readSwitches(response, 'two', known)).toMatchObject({ switches: { use2fa: false } });
  });
});
