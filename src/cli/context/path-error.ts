/** A context path or condition that cannot be read. */
export class PathError extends Error {
  override readonly name = 'PathError';

  /** Index of the character in the path. */
  readonly at: number;

  constructor(at: number, rule: string) {
    super(rule);
    this.at = at;
  }
}
