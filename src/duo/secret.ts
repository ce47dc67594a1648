const stars = '********';

/** A value that prints as stars wherever it is shown; only {@link reveal} gives it away. */
export class Secret {
  // A private field is invisible to inspection, to JSON and to the debugger's property list.
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. Call it where it is used and nowhere else. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return stars;
  }

  toJSON(): string {
    return stars;
  }

  // Node's console and util.inspect ask for this.
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return stars;
  }
}
