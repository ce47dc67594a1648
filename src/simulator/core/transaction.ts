import type { Cancel } from './clock.ts';
import type { Factor } from './configuration.ts';

/** The status of an authentication (Duo Auth API, `/auth_status`, "Response Format"). */
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

/** The result that goes with a status. */
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
  }
};

/** `status_msg` by status. Duo documents some of these texts; the others are the simulator's. */
export const statusTexts = {
  pushed: 'Pushed a login request to your device...',
  // login_duo and other text clients show nothing else, so the text carries the code.
  verifiedPush: (code: string): string =>
    `Please enter verification code ${code} into Duo Mobile to log in.`,
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
  usedPasscode:
    'This passcode has already been used. Please generate a new passcode and try again.',
  noKeyPress: 'No keypress detected. Please try again.',
} as const;

/** What a push shows on the phone. */
export interface TransactionDetails {
  readonly application: string;
  /** Heading on the phone. */
  readonly title: string;
  /** The name shown to the user. */
  readonly displayUsername: string;
  readonly ipAddress: string | undefined;
  readonly hostname: string | undefined;
  readonly pushInfo: readonly { readonly name: string; readonly value: string }[];
}

/** What a transaction is created with. */
export interface TransactionStart {
  readonly txid: string;
  readonly ikey: string;
  readonly userId: string;
  readonly deviceId: string | undefined;
  readonly factor: Factor;
  readonly details: TransactionDetails;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  /** To be typed on the phone before the push can be approved. */
  readonly verificationCode: string | undefined;
  readonly status: TransactionStatus;
  readonly statusText: string;
}

/** One authentication, from its first state to its last. A final state never changes. */
export class Transaction {
  readonly start: TransactionStart;
  #status: TransactionStatus;
  #statusText: string;
  #revision = 1;
  readonly #listeners = new Set<() => void>();
  /** The revision in the latest response of `auth_status`. */
  reportedRevision = 0;
  /** Codes typed wrongly on the phone. */
  wrongCodes = 0;
  endedAtMs: number | undefined;
  /** Cancels the next scheduled step. */
  cancelStep: Cancel = () => {};

  constructor(start: TransactionStart) {
    this.start = start;
    this.#status = start.status;
    this.#statusText = start.statusText;
    if (this.isFinal) {
      this.endedAtMs = start.createdAtMs;
    }
  }

  get status(): TransactionStatus {
    return this.#status;
  }

  get statusText(): string {
    return this.#statusText;
  }

  get result(): AuthResult {
    return resultOf(this.#status);
  }

  get isFinal(): boolean {
    return this.result !== 'waiting';
  }

  get revision(): number {
    return this.#revision;
  }

  /** Returns false when the transaction has ended already. */
  change(status: TransactionStatus, statusText: string, nowMs: number): boolean {
    if (this.isFinal) {
      return false;
    }
    this.#status = status;
    this.#statusText = statusText;
    this.#revision += 1;
    if (this.isFinal) {
      this.endedAtMs = nowMs;
      this.cancelStep();
    }
    for (const listener of [...this.#listeners]) {
      listener();
    }
    return true;
  }

  /** Calls `listener` at every change, in the order of registration. */
  listen(listener: () => void): Cancel {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}

/** Transactions by id, oldest first. */
export class TransactionStore {
  readonly #byId = new Map<string, Transaction>();

  get size(): number {
    return this.#byId.size;
  }

  get(txid: string): Transaction | undefined {
    return this.#byId.get(txid);
  }

  all(): Transaction[] {
    return [...this.#byId.values()];
  }

  pending(): Transaction[] {
    return this.all().filter((transaction) => !transaction.isFinal);
  }

  add(transaction: Transaction): void {
    this.#byId.set(transaction.start.txid, transaction);
  }

  /** Drops what ended before `endedBeforeMs`, oldest first, up to the first that did not. */
  dropEnded(endedBeforeMs: number): void {
    for (const [txid, { endedAtMs }] of this.#byId) {
      if (endedAtMs === undefined || endedAtMs > endedBeforeMs) {
        return;
      }
      this.#byId.delete(txid);
    }
  }

  /** Drops all of them. Those still pending must have been ended before. */
  clear(): void {
    this.#byId.clear();
  }
}
