import { useSmsCode } from './device.ts';
import type { SimulatorState } from './state.ts';
import type { User } from './user.ts';

const useBypassCode = (user: User, code: string): boolean => {
  if (!user.bypassCodes.delete(code)) {
    return false;
  }
  user.usedBypassCodes.add(code);
  return true;
};

const useGeneratedCode = (state: SimulatorState, user: User, code: string): boolean => {
  for (const device of user.devices) {
    const makesCodes = device.kind === 'token' || device.capabilities.includes('mobile_otp');
    if (!makesCodes) {
      continue;
    }
    const counter = state.codes.find(device, code, state.settings.passcodeLookAhead);
    if (counter === undefined) {
      continue;
    }
    device.nextCounter = counter + 1;
    return true;
  }
  return false;
};

/** Uses up a bypass code, SMS passcode, or passcode of a token or of Duo Mobile, if it is valid. */
export const usePasscode = (state: SimulatorState, user: User, passcode: string): boolean => {
  const code = passcode.replaceAll(/[\s-]/g, '');
  const nowMs = state.now();
  return (
    useBypassCode(user, code) ||
    user.devices.some((device) => useSmsCode(device.smsBatch, code, nowMs)) ||
    useGeneratedCode(state, user, code)
  );
};
