import { describe, expect, it } from 'vitest';
import {
  countedName,
  foldUsername,
  isOnlySpelling,
  isUsername,
  normalizeUsername,
} from '../../../src/login/accounts/names.ts';

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

describe('a name as a directory compares it', () => {
  it.each([
    ['ｇｒａｃｅ', 'grace'],
    ['Grace ', 'grace'],
    ['gr\u00e2ce', 'grace'],
    ['gra\u00adce', 'grace'],
    ['STRAẞE', 'strasse'],
    ['\u017fam', 'sam'],
    ['jørgen', 'jorgen'],
    ['a   b', 'a b'],
  ])('%j is %j', (name, folded) => {
    expect(foldUsername(name)).toBe(folded);
    expect(isOnlySpelling(name)).toBe(false);
    expect(isOnlySpelling(folded)).toBe(true);
  });
});

describe('what a name is counted under', () => {
  it.each(['grace', 'GRACE', 'ｇｒａｃｅ', 'grace@corp.example', 'CORP\\grace', 'grâce@x'])(
    '%j is grace',
    (name) => {
      expect(countedName(name)).toBe('grace');
    },
  );

  it.each(['@example.com', 'CORP\\'])('%j is something', (name) => {
    expect(countedName(name)).not.toBe('');
  });
});
