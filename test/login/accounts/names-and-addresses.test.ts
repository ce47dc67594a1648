import { describe, expect, it } from 'vitest';
import { addressKey } from '../../../src/login/accounts/address-key.ts';
import { isUsername, normalizeUsername } from '../../../src/login/accounts/normalize-username.ts';

describe('normalizeUsername', () => {
  it.each(['Alice', ' alice ', 'ALICE', 'ａｌｉｃｅ', 'alice\u00a0'])('%j is alice', (name) => {
    expect(normalizeUsername(name)).toBe('alice');
  });

  it('makes composed and decomposed letters one', () => {
    expect(normalizeUsername('Zoe\u0308')).toBe(normalizeUsername('zo\u00eb'));
  });

  it('is stable', () => {
    for (const name of ['Ａlice', 'İstanbul', 'ﬃ', 'K']) {
      expect(normalizeUsername(normalizeUsername(name))).toBe(normalizeUsername(name));
    }
  });
});

describe('isUsername', () => {
  it.each(['alice', 'CORP\\alice', 'alice@example.com', "o'neill", 'Zoë', 'x'.repeat(256)])(
    'takes %j',
    (name) => {
      expect(isUsername(name)).toBe(true);
    },
  );

  it.each(['', '  ', 'a\nb', 'a\0', 'a\u202eb', 'a\u200bb', 'x'.repeat(257)])(
    'refuses %j',
    (name) => {
      expect(isUsername(name)).toBe(false);
    },
  );
});

describe('addressKey', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['not an address', 'not an address'],
  ])('%s counts as %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });
});
