import { describe, expect, it } from 'vitest';
import { rulesFor } from '../../../src/login/second-factor/rules.ts';
import type { SecondFactorSettings } from '../../../src/login/settings/settings.ts';

const settings: SecondFactorSettings = {
  use2fa: true,
  requirePassword: false,
  failmode: 'secure',
  autopush: false,
  groups: {
    soc: { autopush: true, failmode: 'safe' },
    strict: { failmode: 'secure' },
    'cn="duty",dc="example"': { autopush: true },
  },
  users: { alice: { autopush: false }, Bob: { failmode: 'safe' } },
  safeAccounts: ['Admin'],
};
const byDn = { name: 'another', dn: 'cn="duty",dc="example"' };
const on = { use2fa: true, requirePassword: false };
const someone = { username: 'someone', groups: [], wasDenied: false };

describe('rulesFor', () => {
  it.each([
    ['no special user', {}, { failmode: 'secure', autopush: false, secondFactor: 'duo' }],
    ['a group', { groups: [{ name: 'SOC' }] }, { failmode: 'safe', autopush: true }],
    [
      'two groups, the strictest counts',
      { groups: [{ name: 'soc' }, { name: 'strict' }] },
      { failmode: 'secure' },
    ],
    [
      'a user before the group',
      { username: 'ALICE', groups: [{ name: 'soc' }] },
      { autopush: false },
    ],
    ['a user in another spelling', { username: 'bob' }, { failmode: 'safe' }],
    ['after a deny', { username: 'bob', wasDenied: true }, { failmode: 'secure' }],
    ['a group by its distinguished name', { groups: [byDn] }, { autopush: true }],
    ['a safe account', { username: 'Admin' }, { secondFactor: 'none', withoutDuo: 'safe-account' }],
    ['another spelling of a safe account', { username: 'ａdmin' }, { secondFactor: 'duo' }],
    ['another case of a safe account', { username: 'admin' }, { secondFactor: 'duo' }],
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
