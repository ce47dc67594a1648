import { outsideQuotes } from '../outside-quotes.ts';
import { lookUp } from './look-up.ts';
import { parseTarget } from './merge-context.ts';
import { parsePath } from './parse-path.ts';
import { PathError } from './path-error.ts';
import type { Values } from './values.ts';

/** One `key=path` of `extend-context`. */
export interface Extension {
  /** Where in the context to write. */
  readonly key: string;
  /** Where in the raw reply to look. */
  readonly path: string;
}

// The = of a condition stands in parentheses; the first one outside parts key and path.
const splitAt = (text: string): number => {
  let depth = 0;
  for (const [at, letter] of outsideQuotes(text)) {
    depth += letter === '(' ? 1 : 0;
    depth -= letter === ')' ? 1 : 0;
    if (letter === '=' && depth === 0) {
      return at;
    }
  }
  return -1;
};

const parseExtension = (text: string): Extension => {
  const equals = splitAt(text);
  const [key, path] = [text.slice(0, equals).trim(), text.slice(equals + 1).trim()];
  if (equals < 1 || key === '') {
    throw new PathError(0, 'must be key=path, several of them joined by ::');
  }
  parseTarget(key);
  parsePath(path || '.');
  return { key, path: path || '.' };
};

/**
 * Read `key=path::key2=path2`, the value of `extend-context`. A path of `.` or none is the whole reply.
 *
 * @throws {@link PathError}
 */
export const parseExtensions = (text: string): readonly Extension[] =>
  text.split('::').map(parseExtension);

/** What extensions add to a command's outputs; what the raw reply does not have is left out. */
export const extendContext = (extensions: readonly Extension[], raw: unknown): Values => {
  const added: Record<string, unknown> = {};
  for (const { key, path } of extensions) {
    const value = lookUp(raw, path);
    if (value !== undefined) {
      added[key] = value;
    }
  }
  return added;
};
