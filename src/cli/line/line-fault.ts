/** What is wrong with a line, and where. */
export interface LineFault {
  /** Index of the character in the line. */
  readonly at: number;
  /** The rule that it breaks, for a person. */
  readonly rule: string;
}
