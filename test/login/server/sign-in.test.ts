import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBudgets } from '../../../src/login/accounts/budgets.ts';
import type { PasswordFactor } from '../../../src/login/first-factor/first-factor.ts';
import type { GatewayContext } from '../../../src/login/server/context.ts';
import { signIn } from '../../../src/login/server/sign-in.ts';
import { createMemoryStore, type Store } from '../../../src/login/store/store.ts';

const limits = {
  failuresPerUser: 3,
  failuresPerAddress: 100,
  failmodeGrants: 1,
  windowMs: 60_000,
};

// A directory that finds grace under any name that contains hers, as some find a mail address.
const directory: PasswordFactor = {
  kind: 'password',
  verify: async ({ username, password }) => {
    const isGrace = /grace|g\.hopper/i.test(username.normalize('NFKC'));
    if (isGrace && password === 'right') {
      return { passed: true, username: 'grace', groups: [] };
    }
    if (username === 'root' && password === 'right') {
      return { passed: true, username: 'root', groups: [] };
    }
    return { passed: false, username: isGrace ? 'grace' : undefined };
  },
  check: async () => '',
};

let store: Store;
let begun: string[];
let context: GatewayContext;
beforeEach(() => {
  store = createMemoryStore();
  begun = [];
  context = {
    settings: {
      secondFactor: { users: {}, groups: {}, safeAccounts: ['root'] },
      limits: { attemptsPerLogin: 8 },
    },
    budgets: createBudgets(store, limits, ['root']),
    firstFactor: directory,
    engine: {
      begin: async ({ login }: { login: { username: string } }) => {
        begun.push(login.username);
        return 'id';
      },
    },
    switches: () => ({ use2fa: true, requirePassword: false }),
    audit: () => undefined,
    failureMs: 0,
  } as unknown as GatewayContext;
});
afterEach(() => store.close());

const attempt = async (username: string, password: string, address = '192.0.2.1') => {
  const given = {
    returnTo: '/',
    preferredDevice: undefined,
    remembered: undefined,
    remember: false,
  };
  return (await signIn(context, { ...given, username, password, address })).kind;
};

describe('one person has one name', () => {
  it.each(['grace', 'GRACE', 'ｇｒａｃｅ', 'grace@corp.example', 'CORP\\grace', 'g.hopper@x'])(
    '%s signs in as grace',
    async (username) => {
      expect(await attempt(username, 'right')).toBe('begun');
      expect(begun).toEqual(['grace']);
    },
  );

  it('and one budget, whatever the spelling', async () => {
    await attempt('grace', 'wrong');
    await attempt('GRACE@corp.example', 'wrong');
    await attempt('CORP\\ｇｒａｃｅ', 'wrong');
    expect(await attempt('grace', 'right')).toBe('too-many');
  });

  it('also under another name that the directory finds', async () => {
    await attempt('g.hopper@x', 'wrong');
    await attempt('g.hopper@x', 'wrong');
    await attempt('g.hopper@x', 'wrong');
    expect(await attempt('grace', 'right')).toBe('too-many');
    await attempt('grace.hopper@x', 'wrong');
    expect(await attempt('grace.h@x', 'right')).toBe('too-many');
  });
});

describe('a safe account', () => {
  it('is not locked out by failures from elsewhere', async () => {
    for (let host = 1; host < 50; host += 1) {
      await attempt('root', 'wrong', `198.51.100.${host}`);
    }
    expect(await attempt('root', 'right', '192.0.2.1')).toBe('begun');
  });

  it('is rationed for each address', async () => {
    for (let time = 0; time < 3; time += 1) {
      await attempt('root', 'wrong', '198.51.100.1');
    }
    expect(await attempt('root', 'right', '198.51.100.1')).toBe('too-many');
  });

  it('is not locked out by another spelling of it', async () => {
    for (let time = 0; time < 3; time += 1) {
      await attempt('ROOT', 'wrong', '192.0.2.1');
    }
    expect(await attempt('root', 'right', '192.0.2.1')).toBe('begun');
  });
});
