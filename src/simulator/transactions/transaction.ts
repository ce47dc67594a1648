import type { Cancel } from '../clock.ts';
import type { Factor } from '../config/types.ts';
import type { Pair } from '../protocol/percent.ts';
import { type AuthResult, resultOf, type TransactionStatus } from './status.ts';

/** What a push tells its user. */
export interface TransactionDetails {
  readonly application: string;
  /** Heading on the phone. */
  readonly title: string;
  /** The name shown to the user. */
  readonly displayUsername: string;
  readonly ipAddress: string | undefined;
  readonly hostname: string | undefined;
  readonly pushInfo: readonly Pair[];
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
  /** The revision that `auth_status` answered last. */
  reportedRevision = 0;
  /** Codes typed wrongly on the phone. */
  wrongCodes = 0;
  endedAtMs: number | undefined;
  /** Calls the next step of the script off. */
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

  /** False when it had ended before. */
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

  /** Calls `listener` at every change, in the order of listening. */
  listen(listener: () => void): Cancel {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
