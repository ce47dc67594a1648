import type { SimulatorState } from './state.ts';
import type { User } from './user.ts';

/** Whether the user is locked out. An expired lockout is lifted. */
export const isLockedOut = (state: SimulatorState, user: User): boolean => {
  if (user.status === 'locked_out') {
    return true;
  }
  if (user.lockedAtMs === undefined) {
    return false;
  }
  const { lockoutSeconds } = state.settings;
  if (lockoutSeconds === 0 || state.now() < user.lockedAtMs + lockoutSeconds * 1000) {
    return true;
  }
  unlock(user);
  return false;
};

/** Counts a denied push or call, or a wrong passcode. A timeout does not count. */
export const countFailure = (state: SimulatorState, user: User): void => {
  user.failures += 1;
  const limit = state.settings.lockoutAfterFailures;
  if (limit > 0 && user.failures >= limit) {
    user.lockedAtMs ??= state.now();
  }
};

/** Restarts the count after a success. */
export const clearFailures = (user: User): void => {
  user.failures = 0;
};

/** Lifts a lockout. */
export const unlock = (user: User): void => {
  user.failures = 0;
  user.lockedAtMs = undefined;
  if (user.status === 'locked_out') {
    user.status = 'active';
  }
};
