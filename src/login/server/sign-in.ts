import { setTimeout as sleep } from 'node:timers/promises';
import { isUsername } from '../accounts/normalize-username.ts';
import type { FirstFactorResult } from '../first-factor/first-factor.ts';
import { rulesFor } from '../second-factor/rules.ts';
import type { GatewayContext } from './context.ts';

/** What came with the form of the first factor. */
export interface SignIn {
  readonly username: string;
  readonly password: string;
  readonly address: string;
  readonly returnTo: string;
  readonly preferredDevice: string | undefined;
}

type Passed = Extract<FirstFactorResult, { passed: true }>;

/** Open a challenge for a user who has passed the first factor. @returns its id. */
export const beginLogin = async (
  context: GatewayContext,
  { username, groups, held }: Passed,
  { address, returnTo, preferredDevice }: Omit<SignIn, 'username' | 'password'>,
): Promise<string> => {
  const { settings, budgets, engine, audit, switches } = context;
  const wasDenied = await budgets.wasDenied(username);
  const rules = rulesFor({ username, groups, wasDenied }, settings.secondFactor, switches());
  const login = {
    username,
    groups,
    rules,
    preferredDevice,
    attemptsLeft: settings.attemptsPerLogin,
    calls: 0,
  };
  audit({ event: 'first-factor', result: 'passed', user: username, address });
  return engine.begin({ login, address, returnTo, held });
};

/**
 * Check user name and password. A failure of any kind, a spent budget too, takes the same time and
 * gives the same answer.
 *
 * @returns the id of the challenge, or nothing.
 * @throws FirstFactorUnavailableError
 */
export const signIn = async (
  context: GatewayContext,
  given: SignIn,
): Promise<string | undefined> => {
  const { firstFactor, budgets, audit, failureMs } = context;
  const { username, password, address } = given;
  const who = { username, address };
  const slow = sleep(failureMs);
  const fail = async (reason: string): Promise<undefined> => {
    audit({ event: 'first-factor', result: 'failed', user: username, address, reason });
    await slow;
    return undefined;
  };
  if (firstFactor.kind !== 'password' || !isUsername(username) || password === '') {
    return fail('malformed');
  }
  // Charged before it is checked, so that many guesses at once are many charges.
  if (!(await budgets.charge(who))) {
    return fail('budget');
  }
  const result = await firstFactor.verify({ username, password }).catch(async (error: unknown) => {
    // Nobody was wrong, so nobody is charged.
    await budgets.refund(who);
    throw error;
  });
  if (!result.passed) {
    return fail('wrong');
  }
  await budgets.refund(who);
  return beginLogin(context, result, given);
};
