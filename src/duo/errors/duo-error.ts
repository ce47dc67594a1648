/**
 * The stable codes of every error this package throws. Messages may change; these do not.
 *
 * - `bad_parameter`: an instance parameter is missing or malformed.
 * - `bad_argument`: a command's argument is missing, malformed or in conflict with another.
 * - `unknown_command`: no command has this name.
 * - `network`: no response came; {@link NetworkError.kind} says why.
 * - `duo_refused`: Duo answered `stat: FAIL`; {@link DuoApiError} holds Duo's own code.
 * - `unreadable_reply`: a response came that is not one of Duo's known shapes.
 * - `cancelled`: the caller's `AbortSignal` ended the call.
 */
export const duoErrorCodes = [
  'bad_parameter',
  'bad_argument',
  'unknown_command',
  'network',
  'duo_refused',
  'unreadable_reply',
  'cancelled',
] as const;

/** One of {@link duoErrorCodes}. */
export type DuoErrorCode = (typeof duoErrorCodes)[number];

/**
 * Did the request leave? `no` is certain: nothing can have reached Duo. `yes` is certain too: Duo has
 * begun a transaction. `unknown` is everything else, and after `auth` means that a push or a call may
 * still reach the user.
 */
export type SentState = 'no' | 'unknown' | 'yes';

/** What a {@link DuoError} becomes in JSON: no stack, no cause, no secret. */
export interface DuoErrorJson {
  readonly name: string;
  readonly code: DuoErrorCode;
  readonly message: string;
  readonly advice: string;
  readonly sent?: SentState;
  readonly txid?: string;
  readonly [detail: string]: unknown;
}

/**
 * The base of every error this package throws. None of them carries a secret, in no field, and none
 * keeps the HTTP library's error as its cause.
 */
export abstract class DuoError extends Error {
  abstract readonly code: DuoErrorCode;

  /** What to do next: a sentence or two for the person who reads the message. */
  readonly advice: string;

  /** Whether the request left, where that is a question. */
  readonly sent: SentState | undefined;

  /** The transaction that had begun before the error; it can be followed to its end all the same. */
  readonly txid: string | undefined;

  /** @internal */
  constructor(message: string, advice: string, sent?: SentState) {
    super(message);
    // Where classes are compiled to functions, `Error` makes an object of its own kind.
    Object.setPrototypeOf(this, new.target.prototype);
    this.advice = advice;
    this.sent = sent;
    this.txid = undefined;
  }

  /** The fields that this kind of error adds, for {@link toJSON}. */
  protected abstract details(): Record<string, unknown>;

  /** What goes into a log or over a wire: no stack, no cause, no secret. */
  toJSON(): DuoErrorJson {
    const { name, code, message, advice, sent, txid } = this;
    return {
      name,
      code,
      message,
      advice,
      ...this.details(),
      ...(sent !== undefined && { sent }),
      ...(txid !== undefined && { txid }),
    };
  }
}

const followInstead =
  'The user has been asked already: follow the transaction instead of starting another.';

/** Mark an error of a call whose transaction had begun: `sent` is `yes`, and `txid` names it. */
export const inTransaction = <E extends DuoError>(error: E, txid: string): E =>
  Object.assign(error, {
    txid,
    sent: 'yes',
    advice: error.txid === undefined ? `${error.advice} ${followInstead}`.trim() : error.advice,
  });

/** What happened and what to do next, as one text for a person. */
export const explain = (error: DuoError): string => `${error.message} ${error.advice}`.trim();
