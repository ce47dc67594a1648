import { type Device, makesPasscodes, useSmsCode } from './device.ts';
import type { User } from './directory.ts';
import type { SimulatorState } from './state.ts';

/** What became of a passcode. A used one was valid before, and is not any more. */
export type PasscodeResult = 'accepted' | 'used' | 'wrong';

const useBypassCode = (user: User, code: string): boolean => {
  if (!user.bypassCodes.delete(code)) {
    return false;
  }
  user.usedBypassCodes.add(code);
  return true;
};

const useGeneratedCode = (state: SimulatorState, user: User, code: string): boolean => {
  for (const device of user.devices.filter(makesPasscodes)) {
    const counter = state.codes.find(
      device,
      code,
      device.nextCounter,
      state.settings.passcodeLookAhead,
    );
    if (counter !== undefined) {
      device.nextCounter = counter + 1;
      return true;
    }
  }
  return false;
};

/** Whether a passcode was valid once. Of generated ones the latest `passcodeLookAhead` count. */
const wasUsed = (state: SimulatorState, user: User, code: string): boolean => {
  const { passcodeLookAhead } = state.settings;
  const isSpent = (device: Device): boolean => {
    const first = Math.max(0, device.nextCounter - 1 - passcodeLookAhead);
    const spent = device.nextCounter - 1 - first;
    return spent >= 0 && state.codes.find(device, code, first, spent) !== undefined;
  };
  return (
    user.usedBypassCodes.has(code) ||
    user.devices.some(({ smsBatch }) =>
      smsBatch?.codes.slice(0, smsBatch.nextIndex).includes(code),
    ) ||
    user.devices.filter(makesPasscodes).some(isSpent)
  );
};

/** Uses up a bypass code, SMS passcode, or passcode of a token or of Duo Mobile, if it is valid. */
export const usePasscode = (
  state: SimulatorState,
  user: User,
  passcode: string,
): PasscodeResult => {
  const code = passcode.replaceAll(/[\s-]/g, '');
  const nowMs = state.now();
  const isAccepted =
    useBypassCode(user, code) ||
    user.devices.some((device) => useSmsCode(device.smsBatch, code, nowMs)) ||
    useGeneratedCode(state, user, code);
  if (isAccepted) {
    return 'accepted';
  }
  return wasUsed(state, user, code) ? 'used' : 'wrong';
};
