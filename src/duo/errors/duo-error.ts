/**
 * The stable codes of every error this package throws. Messages may change; these do not.
 *
 * - `bad_parameter`: an instance parameter is missing or malformed.
 * - `bad_argument`: a command's argument is missing, malformed or in conflict with another.
 * - `unknown_command`: no command has this name.
 * - `network`: no reply came; {@link NetworkError.kind} says why.
 * - `duo_refused`: Duo answered `stat: FAIL`; {@link DuoApiError} holds Duo's own code.
 * - `unreadable_reply`: a reply came that is not one of Duo's known shapes.
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

/** What a {@link DuoError} becomes in JSON: no stack, no cause, no secret. */
export interface DuoErrorJson {
  readonly name: string;
  readonly code: DuoErrorCode;
  readonly message: string;
  readonly advice: string;
  readonly [detail: string]: unknown;
}

/**
 * The base of every error this package throws. None of them carries a secret, in no field, and none
 * keeps the HTTP library's error as its cause.
 */
export abstract class DuoError extends Error {
  abstract readonly code: DuoErrorCode;

  /** What to do next: one sentence for the person who reads the message. */
  readonly advice: string;

  constructor(message: string, advice: string) {
    super(message);
    this.advice = advice;
  }

  /** The fields that this kind of error adds, for {@link toJSON}. */
  protected abstract details(): Record<string, unknown>;

  toJSON(): DuoErrorJson {
    return {
      name: this.name,
      code: this.code,
      message: this.message,
      advice: this.advice,
      ...this.details(),
    };
  }
}

/** What happened and what to do next, as one text for a person. */
export const explain = (error: DuoError): string => `${error.message} ${error.advice}`.trim();
