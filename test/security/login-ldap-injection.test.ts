// The attack: a user name that changes the question to the directory: a wildcard that matches anybody,
// a filter that is always true, a name that is another entry's. test/peers/login-slapd.test.ts asks a
// real directory.
import { Filter, FilterParser } from 'ldapts';
import { describe, expect, it } from 'vitest';
import { createLdap, escapeDnValue, fillIn } from '../../src/login/first-factor/ldap.ts';

const nasty = [
  '*',
  'a*',
  'alice)(uid=*',
  '*)(|(uid=*',
  'alice)(&',
  'alice\\',
  'alice\u0000',
  'admin,ou=people,dc=example,dc=com',
  'alice+cn=admin',
  'a=b',
  '"alice"',
  '#alice',
  '<alice>;x',
  ' alice ',
  '$&',
  '{username}',
];

describe('in a filter', () => {
  it.each(nasty)('%j stays one value', (username) => {
    const filter = fillIn('(&(objectClass=person)(uid={username}))', Filter.escape(username));
    const parsed = FilterParser.parseString(filter);
    expect(parsed).toMatchObject({
      filters: [{ attribute: 'objectClass' }, { attribute: 'uid', value: username }],
    });
    expect((parsed as unknown as { filters: unknown[] }).filters).toHaveLength(2);
  });
});

describe('in a name', () => {
  it.each(nasty)('%j stays one value', (username) => {
    const escaped = escapeDnValue(username);
    expect(escaped).toMatch(/^(?:[\w\-.@]|\\[0-9a-f]{2})*$/);
    const read = escaped.replace(/\\([0-9a-f]{2})/g, (_all: string, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    expect(read).toBe(username);
  });

  it('letters of all alphabets stay readable', () => {
    expect(escapeDnValue('Zoë.Ω')).toBe('Zoë.Ω');
  });
});

it('no password is no bind: the directory would take it for an anonymous one', async () => {
  const ldap = await createLdap({
    urls: ['ldap://127.0.0.1:1'],
    startTls: false,
    timeoutMs: 100,
    find: { by: 'bind', userDn: 'uid={username},dc=example' },
  });
  expect(await ldap.verify({ username: 'alice', password: '' })).toEqual({ passed: false });
});
