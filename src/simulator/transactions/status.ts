/** Where an authentication stands, in Duo's words. */
export type TransactionStatus =
  | 'pushed'
  | 'push_failed'
  | 'calling'
  | 'answered'
  | 'allow'
  | 'bypass'
  | 'deny'
  | 'fraud'
  | 'timeout'
  | 'locked_out'
  | 'sent';

/** What a client decides on. */
export type AuthResult = 'waiting' | 'allow' | 'deny';

/** The result that goes with a status. Only two of them let anybody in. */
export const resultOf = (status: TransactionStatus): AuthResult => {
  switch (status) {
    case 'pushed':
    case 'push_failed':
    case 'calling':
    case 'answered':
      return 'waiting';
    case 'allow':
    case 'bypass':
      return 'allow';
    case 'deny':
    case 'fraud':
    case 'timeout':
    case 'locked_out':
    case 'sent':
      return 'deny';
    default:
      return status satisfies never;
  }
};

/** The texts that the service shows; those beyond the attested ones are the simulator's own. */
export const statusTexts = {
  pushed: 'Pushed a login request to your device...',
  push_failed: 'Failed to push a login request to your device. Open Duo Mobile to see it.',
  calling: (number: string): string => `Dialing ${number}...`,
  answered: "Answered. Press '#' on your phone to log in.",
  allow: 'Success. Logging you in...',
  bypass: 'Bypassing authentication',
  deny: 'Login request denied.',
  fraud: 'Login request denied and reported as fraudulent.',
  timeout: 'Login timed out.',
  sent: 'New SMS passcodes sent.',
  wrongPasscode: 'Incorrect passcode. Please try again.',
  noKeyPress: 'No keypress detected. Please try again.',
} as const;
