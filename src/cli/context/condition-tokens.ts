import { PathError } from './path-error.ts';

/** A piece of a condition. */
export interface Token {
  readonly at: number;
  readonly kind: 'operator' | 'text' | 'number' | 'name';
  readonly text: string;
}

const patterns: readonly { kind: Token['kind'] | 'space'; pattern: RegExp }[] = [
  { kind: 'space', pattern: /\s+/y },
  { kind: 'operator', pattern: /===|!==|==|!=|<=|>=|&&|\|\||[!<>()]/y },
  { kind: 'text', pattern: /'[^']*'|"[^"]*"/y },
  { kind: 'number', pattern: /-?\d+(?:\.\d+)?/y },
  { kind: 'name', pattern: /[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/y },
];

/**
 * Take a condition such as `val.TxID == 'x'` apart.
 *
 * @throws {@link PathError}
 */
export const tokenizeCondition = (condition: string, offset: number): Token[] => {
  const tokens: Token[] = [];
  let at = 0;
  while (at < condition.length) {
    const start = at;
    for (const { kind, pattern } of patterns) {
      pattern.lastIndex = at;
      const text = pattern.exec(condition)?.[0];
      if (text !== undefined) {
        at += text.length;
        if (kind !== 'space') {
          tokens.push({ at: offset + start, kind, text });
        }
        break;
      }
    }
    if (at === start) {
      throw new PathError(offset + at, 'this has no meaning in a condition');
    }
  }
  return tokens;
};
