import type { SignatureExplanation } from '../api/explain-signature.ts';
import type { Answer, AnswerOutcome } from '../core/answer-transaction.ts';
import type {
  AnswerHabit,
  DeviceInput,
  Factor,
  UserInput,
  UserStatus,
} from '../core/configuration.ts';
import type { InjectedFault } from '../core/fault.ts';
import type { LogEntry } from '../core/request-log.ts';
import type { AuthResult, TransactionDetails, TransactionStatus } from '../core/transaction.ts';

/** A device, as the control API shows it. */
export interface DeviceView {
  readonly id: string;
  readonly kind: string;
  readonly displayName: string;
  readonly capabilities: readonly string[];
  /** False for a phone that is off. */
  readonly reachable: boolean;
}

/** A user, as the control API shows it. */
export interface UserView {
  readonly id: string;
  readonly username: string;
  readonly aliases: readonly string[];
  readonly groups: readonly string[];
  readonly status: UserStatus;
  readonly answer: AnswerHabit;
  readonly answerAfterSeconds: number;
  /** Consecutive failures, which lock the user out at a limit. */
  readonly failures: number;
  /** The unused ones. */
  readonly bypassCodes: readonly string[];
  readonly devices: readonly DeviceView[];
}

/** A push or a call, as its phone shows it. */
export interface TransactionView extends TransactionDetails {
  readonly txid: string;
  readonly username: string;
  readonly deviceId: string | undefined;
  readonly factor: Factor;
  readonly status: TransactionStatus;
  readonly result: AuthResult;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  /** Whether a code must be typed; the code itself is on the client's screen only. */
  readonly needsCode: boolean;
}

/** The screen of a phone. */
export interface PhoneView {
  readonly device: DeviceView;
  readonly username: string;
  readonly nowMs: number;
  /** Pushes and calls, latest first; those that ended stay for a minute. */
  readonly transactions: readonly TransactionView[];
  /** Valid passcodes of the latest text message, in the order of use. */
  readonly smsPasscodes: readonly string[];
  /** When that message arrived. */
  readonly smsSentAtMs: number | undefined;
  /** The passcode on the display; `undefined` for a device without passcodes. */
  readonly passcode: string | undefined;
}

/** A full exchange, with the signature of its request explained. */
export interface ExchangeView {
  readonly entry: LogEntry;
  /** Absent when the exchange is too old or its body too long to be kept. */
  readonly request?: {
    readonly target: string;
    readonly headers: readonly HeaderView[];
    readonly body: string;
  };
  readonly response?: {
    readonly status: number;
    readonly headers: readonly HeaderView[];
    readonly body: string;
  };
  readonly signature?: SignatureExplanation;
}

/** A header line. */
export interface HeaderView {
  readonly name: string;
  readonly value: string;
}

/** An unclaimed activation code. */
export interface ActivationView {
  readonly code: string;
  readonly userId: string;
  readonly username: string;
  readonly expiresAtMs: number;
}

/** A change to a user while the simulator runs. */
export interface UserChange {
  readonly status?: UserStatus;
  readonly answer?: AnswerHabit;
  readonly answerAfterSeconds?: number;
  readonly groups?: readonly string[];
}

/**
 * Controls a running simulator: what its users and its administrator do. A method throws a RangeError
 * when the user, device or transaction that it names does not exist.
 */
export interface SimulatorControl {
  /** The users with their devices and unused bypass codes. */
  users(): UserView[];
  /** Adds a user. Throws a SimulatorConfigError when a name or id is taken, or the input invalid. */
  addUser(user: UserInput): UserView;
  /** Removes a user; pending transactions are denied. */
  removeUser(username: string): void;
  /** Adds a device to a user. */
  addDevice(username: string, device: DeviceInput): DeviceView;
  /** Turns a phone off or on. */
  updateDevice(deviceId: string, change: { readonly reachable: boolean }): DeviceView;
  /** Removes a device; what is pending on it is denied. */
  removeDevice(deviceId: string): void;
  /** Changes a user; `status: 'active'` lifts a lockout too. */
  updateUser(username: string, change: UserChange): UserView;
  /** Pending transactions, oldest first. */
  pending(): TransactionView[];
  /** A transaction, pending or ended. */
  transaction(txid: string): TransactionView;
  /** Answers a transaction. `code` is what the user types for a verified push; default: the right one. */
  answer(txid: string, answer: Answer, code?: string): AnswerOutcome;
  /** The screen of a phone or token. */
  phone(deviceId: string): PhoneView;
  /** Advances a phone or token to its next passcode, and returns it. */
  nextPasscode(deviceId: string): string;
  /** Unclaimed activation codes. */
  activations(): ActivationView[];
  /** Adds a phone by activation code; `undefined` when the code is not valid. */
  claim(activationCode: string, phone?: { name?: string; number?: string }): DeviceView | undefined;
  /** Replaces the faults in force. The same seed gives the same draws. */
  setFaults(faults: readonly InjectedFault[], seed?: number): void;
  /** The faults in force. */
  faults(): InjectedFault[];
  /** Advances the clock; due timers run before this returns. */
  advance(seconds: number): void;
  /** The simulator's clock in milliseconds since 1970. */
  now(): number;
  /** The latest requests, oldest first. */
  log(): readonly LogEntry[];
  /** A request and its response in full. The last 200 are kept. */
  exchange(id: number): ExchangeView;
  /** Restores the configuration, and clears transactions, lockouts, used passcodes and the log. */
  reset(): void;
}
