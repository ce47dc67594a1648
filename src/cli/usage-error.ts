/** The program was called in a way that cannot work. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';

  /** What to do instead: a sentence, or nothing. */
  readonly advice: string;

  constructor(message: string, advice = '') {
    super(message);
    this.advice = advice;
  }
}
