import type { AnswerHabit, Factor, UserStatus } from '../config/types.ts';
import type { Fault } from '../faults/fault.ts';
import type { LogEntry } from '../request-log.ts';
import type { Answer, AnswerOutcome } from '../transactions/answer.ts';
import type { AuthResult, TransactionStatus } from '../transactions/status.ts';

/** A device, as the control API shows it. */
export interface DeviceView {
  readonly id: string;
  readonly kind: string;
  readonly displayName: string;
  readonly capabilities: readonly string[];
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
  readonly failures: number;
  readonly bypassCodes: readonly string[];
  readonly devices: readonly DeviceView[];
}

/** A push or a call, as its phone shows it. */
export interface TransactionView {
  readonly txid: string;
  readonly username: string;
  readonly deviceId: string | undefined;
  readonly factor: Factor;
  readonly status: TransactionStatus;
  readonly result: AuthResult;
  readonly application: string;
  readonly title: string;
  readonly displayUsername: string;
  readonly ipAddress: string | undefined;
  readonly hostname: string | undefined;
  readonly pushInfo: readonly { readonly name: string; readonly value: string }[];
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  /** Whether a code must be typed; the code itself is on the client's screen only. */
  readonly needsCode: boolean;
}

/** What a phone shows. */
export interface PhoneView {
  readonly device: DeviceView;
  readonly username: string;
  readonly nowMs: number;
  /** Pushes and calls, the latest first; finished ones stay for a minute. */
  readonly transactions: readonly TransactionView[];
  /** Passcodes of the last text message that are still good, in the order of their use. */
  readonly smsPasscodes: readonly string[];
  /** When that message came. */
  readonly smsSentAtMs: number | undefined;
  /** The passcode on the display; `undefined` for a phone that makes none. */
  readonly passcode: string | undefined;
}

/** An activation code that waits for a phone. */
export interface ActivationView {
  readonly code: string;
  readonly userId: string;
  readonly username: string;
  readonly expiresAtMs: number;
}

/** What can be changed of a user while the simulator runs. */
export interface UserChange {
  readonly status?: UserStatus;
  readonly answer?: AnswerHabit;
  readonly answerAfterSeconds?: number;
  readonly groups?: readonly string[];
}

/**
 * The other side of the service: what its users and its administrator do. Every method that names
 * something unknown throws a RangeError.
 */
export interface SimulatorControl {
  users(): UserView[];
  /** Changes a user; `status: 'active'` lifts a lockout too. */
  updateUser(username: string, change: UserChange): UserView;
  /** Transactions that wait for an answer, oldest first. */
  pending(): TransactionView[];
  /** One transaction, ended or not. */
  transaction(txid: string): TransactionView;
  /** Answers one. `code` is what is typed for a verified push; without it the right one is. */
  answer(txid: string, answer: Answer, code?: string): AnswerOutcome;
  /** What a phone or token shows. */
  phone(deviceId: string): PhoneView;
  /** Moves a phone or token on to its next passcode and reads it. */
  nextPasscode(deviceId: string): string;
  /** Activation codes that nobody has claimed yet. */
  activations(): ActivationView[];
  /** Adds the account to a phone; the new device, or `undefined` for a code that is not good. */
  claim(activationCode: string, phone?: { name?: string; number?: string }): DeviceView | undefined;
  /** Puts faults in force, in place of those before. The same seed draws the same probabilities. */
  setFaults(faults: readonly Fault[], seed?: number): void;
  faults(): Fault[];
  /** Moves the clock forward; what falls due happens before this returns. */
  advance(seconds: number): void;
  /** Milliseconds since 1970, by the simulator's clock. */
  now(): number;
  /** The latest requests, oldest first. */
  log(): readonly LogEntry[];
  /** Back to the configuration: no transactions, no lockouts, no log, all passcodes unused. */
  reset(): void;
}
