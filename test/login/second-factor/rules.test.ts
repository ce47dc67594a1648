import { describe, expect, it } from 'vitest';
import { rulesFor } from '../../../src/login/second-factor/rules.ts';
import { readSwitches } from '../../../src/login/second-factor/switches.ts';
import type { SecondFactorSettings } from '../../../src/login/settings/types.ts';

const settings: SecondFactorSettings = {
  use2fa: true,
  requirePassword: false,
  failmode: 'secure',
  autopush: false,
  groups: { soc: { autopush: true, failmode: 'safe' }, strict: { failmode: 'secure' } },
  users: { alice: { autopush: false }, Bob: { failmode: 'safe' } },
  safeAccounts: ['Admin'],
};
const on = { use2fa: true, requirePassword: false };
const someone = { username: 'someone', groups: [], wasDenied: false };

describe('rulesFor', () => {
  it.each([
    ['nobody special', {}, { failmode: 'secure', autopush: false, secondFactor: 'duo' }],
    ['a group', { groups: ['SOC'] }, { failmode: 'safe', autopush: true }],
    ['two groups, the strictest counts', { groups: ['soc', 'strict'] }, { failmode: 'secure' }],
    ['a user before the group', { username: 'ALICE', groups: ['soc'] }, { autopush: false }],
    ['a user in another spelling', { username: 'bob' }, { failmode: 'safe' }],
    ['after a deny', { username: 'bob', wasDenied: true }, { failmode: 'secure' }],
    [
      'a safe account',
      { username: 'ａｄｍｉｎ' },
      { secondFactor: 'none', withoutDuo: 'safe-account' },
    ],
  ])('%s', (_what, changed, expected) => {
    expect(rulesFor({ ...someone, ...changed }, settings, on)).toMatchObject(expected);
  });

  it('without Duo at all', () => {
    const rules = rulesFor(someone, settings, { use2fa: false, requirePassword: true });
    expect(rules).toMatchObject({
      secondFactor: 'none',
      withoutDuo: 'duo-off',
      requirePassword: true,
    });
  });
});

describe("XSOAR's instances", () => {
  const instance = (more: object) => ({
    name: 'one',
    brand: 'duo',
    enabled: 'true',
    data: [{ name: 'use_2fa', value: 'true' }],
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
    expect(readSwitches({ instances: [instance({ data })] }, undefined)).toEqual({
      use2fa: true,
      requirePassword: true,
    });
  });

  it('a switch that is not there is off', () => {
    expect(readSwitches({ instances: [instance({ data: null })] }, undefined)).toEqual({
      use2fa: false,
      requirePassword: false,
    });
  });

  it('the built-in integration and this one count, others and disabled ones do not', () => {
    const instances = [
      instance({ brand: 'Duo Auth API', name: 'mine' }),
      instance({ enabled: 'false' }),
      instance({ brand: 'slack' }),
    ];
    expect(readSwitches({ instances }, undefined)).toMatchObject({ use2fa: true });
  });

  it.each([
    ['none', { instances: [] }],
    ['two', { instances: [instance({}), instance({ name: 'two' })] }],
    ['another shape', { instances: 'x' }],
  ])('%s is an error', (_what, reply) => {
    expect(() => readSwitches(reply, undefined)).toThrow();
  });

  it('of two, one can be named', () => {
    const reply = { instances: [instance({}), instance({ name: 'two', data: [] })] };
    expect(readSwitches(reply, 'two')).toMatchObject({ use2fa: false });
  });
});
