import type { DuoClient } from 'xsoar-duo';

/** Asks a user to approve an action on their phone. Anything but an approval, an error too, is false. */
export const askForApproval = async (
  duo: DuoClient,
  username: string,
  action: string,
): Promise<boolean> => {
  try {
    const { result } = await duo.authAndWait(
      { username, factor: 'push', device: 'auto', type: action },
      { deadlineSeconds: 60 },
    );
    return result === 'allow';
  } catch {
    return false;
  }
};
