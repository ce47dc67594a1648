import { setTimeout as sleep } from 'node:timers/promises';
import { isUsername } from '../accounts/names.ts';
import type { FirstFactorPassed } from '../first-factor/first-factor.ts';
import { rulesFor } from '../second-factor/rules.ts';
import type { GatewayContext } from './context.ts';

/** What came with the form of the first factor. */
export interface SignIn {
  readonly username: string;
  readonly password: string;
  readonly address: string;
  readonly returnTo: string;
  readonly preferredDevice: string | undefined;
  /** The user wants this browser to be remembered. */
  readonly remember: boolean;
  /** The cookie of a remembered device, sealed. */
  readonly remembered: string | undefined;
}

/** What came of it: a challenge, or why there is none. */
export type SignInResult =
  | { readonly kind: 'begun'; readonly id: string }
  | { readonly kind: 'wrong' }
  /** Too many failures of this name or from this address. */
  | { readonly kind: 'too-many' };

/** Open a challenge for a user who has passed the first factor. @returns its id. */
export const beginLogin = async (
  context: GatewayContext,
  { username, groups, held }: FirstFactorPassed,
  given: Omit<SignIn, 'username' | 'password'>,
): Promise<string> => {
  const { settings, budgets, engine, audit, switches, rememberedDevices } = context;
  const { address, returnTo, preferredDevice, remember, remembered } = given;
  const wasDenied = await budgets.wasDenied(username);
  const login = {
    username,
    groups: groups.map(({ name }) => name),
    rules: rulesFor({ username, groups, wasDenied }, settings.secondFactor, switches()),
    preferredDevice,
    attemptsLeft: settings.limits.attemptsPerLogin,
    calls: 0,
  };
  audit({ event: 'first-factor', result: 'passed', user: username, address });
  const trustedDeviceToken = remember ? rememberedDevices?.open(remembered, username) : undefined;
  return engine.begin({ login, address, returnTo, remember, held, trustedDeviceToken });
};

/**
 * Check user name and password. Every failure takes the same time and gives the same answer, whether or
 * not there is such a user; a budget that is spent does so for any name.
 *
 * @throws FirstFactorUnavailableError when no password can be checked.
 */
export const signIn = async (context: GatewayContext, given: SignIn): Promise<SignInResult> => {
  const { firstFactor, budgets, audit, failureMs } = context;
  const { username, password, address } = given;
  const typed = { username, address };
  const slow = sleep(failureMs);

  const fail = async (kind: 'wrong' | 'too-many', reason: string): Promise<SignInResult> => {
    audit({ event: 'first-factor', result: 'failed', user: username, address, reason });
    await slow;
    return { kind };
  };

  if (firstFactor.kind !== 'password' || !isUsername(username) || password === '') {
    return fail('wrong', 'malformed');
  }
  // Charged before it is checked, so that many guesses at once are many charges.
  if (!(await budgets.charge(typed))) {
    return fail('too-many', 'budget');
  }
  const result = await firstFactor.verify({ username, password }).catch(async (error: unknown) => {
    // No password was wrong, so none is charged.
    await budgets.refund(typed);
    throw error;
  });
  // Guesses under another spelling count for the user whom the first factor found.
  const found = { username: result.username ?? username, address };
  if (!result.passed) {
    if (!budgets.isSame(typed, found)) {
      await budgets.charge(found);
    }
    return fail('wrong', 'wrong');
  }
  if (!budgets.isSame(typed, found) && (await budgets.isSpent(found))) {
    return fail('too-many', 'budget');
  }
  await budgets.refund(typed);
  return { kind: 'begun', id: await beginLogin(context, result, given) };
};
