import type { Token } from './condition-tokens.ts';
import { PathError } from './path-error.ts';

/** A condition's tokens, read one after the other. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  readonly #endAt: number;
  #next = 0;

  constructor(tokens: readonly Token[], endAt: number) {
    this.#tokens = tokens;
    this.#endAt = endAt;
  }

  peek(): Token | undefined {
    return this.#tokens[this.#next];
  }

  /** Take the next token if it is this operator. */
  accept(operator: string): boolean {
    const isNext = this.peek()?.kind === 'operator' && this.peek()?.text === operator;
    this.#next += isNext ? 1 : 0;
    return isNext;
  }

  take(): Token {
    const token = this.peek();
    if (token === undefined) {
      throw new PathError(this.#endAt, 'the condition ends too early');
    }
    this.#next += 1;
    return token;
  }

  expect(operator: string): void {
    if (!this.accept(operator)) {
      throw new PathError(this.peek()?.at ?? this.#endAt, `${operator} is missing here`);
    }
  }
}
