import { ProtocolError } from '../core/error-codes.ts';
import type { Pair } from './request.ts';

/** The signed parameters of a request. An empty value counts as absent. */
export class Parameters {
  readonly #values = new Map<string, string>();
  readonly #repeated = new Set<string>();

  constructor(pairs: readonly Pair[]) {
    for (const [name, value] of pairs) {
      if (this.#values.has(name)) {
        this.#repeated.add(name);
      }
      this.#values.set(name, value);
    }
  }

  /** @throws ProtocolError 40002 when the name is repeated. */
  get(name: string): string | undefined {
    if (this.#repeated.has(name)) {
      throw new ProtocolError(40002, name);
    }
    return this.#values.get(name) || undefined;
  }

  /** All parameters, in the form of a recording. */
  toObject(): Record<string, string> {
    return Object.fromEntries(this.#values);
  }

  /** @throws ProtocolError 40001 when it is absent. */
  require(name: string): string {
    const value = this.get(name);
    if (value === undefined) {
      throw new ProtocolError(40001, name);
    }
    return value;
  }

  /**
   * A flag that clients send as `1`, `0` or not at all.
   *
   * @throws ProtocolError 40002 for anything else.
   */
  flag(name: string): boolean {
    const value = this.get(name)?.toLowerCase();
    if (value === '1' || value === 'true') {
      return true;
    }
    if (value === undefined || value === '0' || value === 'false') {
      return false;
    }
    throw new ProtocolError(40002, name);
  }

  /** @throws ProtocolError 40002 when it is not a whole number in this range. */
  wholeNumber(name: string, minimum: number, maximum: number): number | undefined {
    const text = this.get(name);
    if (text === undefined) {
      return undefined;
    }
    const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= minimum && value <= maximum)) {
      throw new ProtocolError(40002, name);
    }
    return value;
  }
}
