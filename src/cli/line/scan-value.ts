import { outsideQuotes } from '../outside-quotes.ts';
import type { LineFault } from './line-fault.ts';
import type { Part, Template } from './template.ts';

/** A value that was read, and where reading goes on. */
export interface Scanned {
  readonly value: Template;
  readonly end: number;
  readonly fault?: LineFault;
}

const escapes = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ...['\\', '"', "'", '`', '^', ':', ',', ' ', '$'].map((same): [string, string] => [same, same]),
]);

/** How the text between two marks is read. */
interface Style {
  /** The mark that ends it; without one, white space does. */
  readonly closing: string | undefined;
  readonly escapes: ReadonlyMap<string, string>;
}

const styles = new Map<string, Style>([
  ['"', { closing: '"', escapes }],
  ["'", { closing: "'", escapes }],
  ['`', { closing: '`', escapes: new Map([['`', '`']]) }],
]);

// A backslash is text here: CORP\nina is a name that people type.
const bare: Style = { closing: undefined, escapes: new Map() };

const endsAt = (text: string, at: number, { closing }: Style): boolean =>
  closing === undefined ? /\s/.test(text[at] ?? ' ') : text[at] === closing;

/** The index of the `}` that closes a lookup; quotes inside it may hold one of their own. */
const closingBrace = (text: string, from: number): number => {
  for (const [at, letter] of outsideQuotes(text, from)) {
    if (letter === '}') {
      return at;
    }
  }
  return -1;
};

interface Step {
  readonly part: Part;
  readonly end: number;
  readonly fault?: LineFault;
}

const scanLookup = (text: string, at: number): Step => {
  const closing = closingBrace(text, at + 2);
  if (closing === -1) {
    const fault = { at, rule: 'this lookup is not closed' };
    return { part: { text: '' }, end: text.length, fault };
  }
  const between = text.slice(at + 2, closing);
  const lookup = between.trim();
  const part = { lookup, at: at + 2 + between.length - between.trimStart().length };
  return lookup === ''
    ? { part, end: closing + 1, fault: { at, rule: 'a path is missing in this lookup' } }
    : { part, end: closing + 1 };
};

const scanLetter = (text: string, at: number, style: Style): Step => {
  const letter = text[at] ?? '';
  const escaped = letter === '\\' ? style.escapes.get(text[at + 1] ?? '') : undefined;
  if (escaped !== undefined) {
    return { part: { text: escaped }, end: at + 2 };
  }
  if (style === bare && (letter === '"' || letter === '`')) {
    const rule = 'a quote may not stand inside a value: quote the whole value';
    return { part: { text: letter }, end: at + 1, fault: { at, rule } };
  }
  return { part: { text: letter }, end: at + 1 };
};

const append = (parts: Part[], part: Part): void => {
  const last = parts.at(-1);
  if ('text' in part && last !== undefined && 'text' in last) {
    parts[parts.length - 1] = { text: last.text + part.text };
  } else {
    parts.push(part);
  }
};

const scanUntilEnd = (text: string, from: number, style: Style): Scanned => {
  const parts: Part[] = [];
  let fault: LineFault | undefined;
  let at = from;
  while (at < text.length && !endsAt(text, at, style)) {
    const step = text.startsWith('${', at) ? scanLookup(text, at) : scanLetter(text, at, style);
    append(parts, step.part);
    fault ??= step.fault;
    at = step.end;
  }
  return { value: parts, end: at, ...(fault && { fault }) };
};

/**
 * Read one value: bare up to the next white space, or within double quotes, single quotes or
 * backticks. `${…}` is a lookup everywhere. In quotes a backslash escapes; in backticks it does so
 * for a backtick only.
 */
export const scanValue = (text: string, at: number): Scanned => {
  const style = styles.get(text[at] ?? '');
  if (style === undefined) {
    return scanUntilEnd(text, at, bare);
  }
  const scanned = scanUntilEnd(text, at + 1, style);
  if (scanned.fault !== undefined && scanned.end >= text.length) {
    return scanned;
  }
  if (scanned.end >= text.length) {
    const name = style.closing === '`' ? 'backtick' : 'quote';
    return { ...scanned, fault: { at, rule: `this ${name} is not closed` } };
  }
  const end = scanned.end + 1;
  if (!endsAt(text, end, bare)) {
    const rest = scanUntilEnd(text, end, bare);
    const rule = 'white space is missing after the closing quote';
    return { value: scanned.value, end: rest.end, fault: scanned.fault ?? { at: end, rule } };
  }
  return { ...scanned, end };
};
