/** What is wrong with a configuration. */
export interface ConfigProblems extends ErrorOptions {
  readonly problems: readonly string[];
}

/** The configuration cannot be used. `problems` has one line for each fault, all of them at once. */
export class SimulatorConfigError extends Error {
  override readonly name = 'SimulatorConfigError';
  readonly problems: readonly string[];

  constructor(source: string, { problems, ...options }: ConfigProblems) {
    super(`${source} is not a valid simulator configuration:\n  ${problems.join('\n  ')}`, options);
    this.problems = problems;
  }
}
