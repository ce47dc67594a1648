import { outsideQuotes } from '../context/path.ts';

/** What is wrong with a line, and where. */
export interface LineFault {
  /** Index of the character in the line. */
  readonly at: number;
  /** The rule that it breaks, for a person. */
  readonly rule: string;
}

/** A piece of a value: text as it is meant, or a path to look up in the context. */
export type Part =
  | { readonly text: string }
  /** The path between `${` and `}`, and where in the line it begins. */
  | { readonly lookup: string; readonly at: number };

/** A value as it was typed: pieces that make up its text once the lookups are done. */
export type Template = readonly Part[];

/** A value without its name, and where in the line it begins. */
export interface LineArgument {
  readonly at: number;
  readonly value: Template;
}

/** An argument with its name. */
export interface NamedArgument extends LineArgument {
  readonly name: string;
}

/** A war-room line, taken apart. Nothing has been looked up, in the context or in the table. */
export interface WarRoomLine {
  readonly command: string;
  readonly args: readonly NamedArgument[];
  /** The value that was given without a name. */
  readonly positional: LineArgument | undefined;
}

/** A line, or everything that is wrong with it. */
export type ParsedLine = { readonly line: WarRoomLine } | { readonly faults: readonly LineFault[] };

interface ScannedValue {
  readonly value: Template;
  /** Where reading continues. */
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

const quotedStyles = new Map<string, Style>([
  ['"', { closing: '"', escapes }],
  ["'", { closing: "'", escapes }],
  ['`', { closing: '`', escapes: new Map([['`', '`']]) }],
]);

// A backslash is text here: people type names such as CORP\nina.
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

interface ScannedPart {
  readonly part: Part;
  readonly end: number;
  readonly fault?: LineFault;
}

const scanLookup = (text: string, at: number): ScannedPart => {
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

const scanLetter = (text: string, at: number, style: Style): ScannedPart => {
  const letter = text[at] ?? '';
  const escaped = letter === '\\' ? style.escapes.get(text[at + 1] ?? '') : undefined;
  if (escaped !== undefined) {
    return { part: { text: escaped }, end: at + 2 };
  }
  if (style === bare && (letter === '"' || letter === '`')) {
    const rule = 'a quote cannot be inside a value: quote the whole value';
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

const scanUntilEnd = (text: string, from: number, style: Style): ScannedValue => {
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
const scanValue = (text: string, at: number): ScannedValue => {
  const style = quotedStyles.get(text[at] ?? '');
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

const skipSpace = (text: string, at: number): number =>
  at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);

const wordAt = (text: string, at: number): string => /^\S*/.exec(text.slice(at))?.[0] ?? '';

const notCommands = new Map([
  ['/', "a slash begins a command of XSOAR's own server: only ! commands run here"],
  ['@', 'an at sign notifies people in XSOAR: only ! commands run here'],
]);

interface Head {
  readonly command: string;
  readonly end: number;
  readonly fault?: LineFault;
}

const parseHead = (text: string): Head => {
  const start = skipSpace(text, 0);
  const notCommand = notCommands.get(text[start] ?? '');
  if (notCommand !== undefined) {
    return { command: '', end: text.length, fault: { at: start, rule: notCommand } };
  }
  const nameAt = text[start] === '!' ? start + 1 : start;
  const command = wordAt(text, nameAt);
  const end = nameAt + command.length;
  if (command === '') {
    return { command, end, fault: { at: nameAt, rule: 'a command is missing' } };
  }
  const wrong = command.search(/[^A-Za-z0-9-]/);
  const rule = 'a command is made of letters, digits and dashes';
  return { command, end, ...(wrong !== -1 && { fault: { at: nameAt + wrong, rule } }) };
};

const namePattern = /^([A-Za-z_][\w-]*)=/;

interface Collected {
  readonly args: NamedArgument[];
  readonly faults: LineFault[];
  positional: LineArgument | undefined;
}

const collectNamed = ({ args, faults }: Collected, argument: NamedArgument): void => {
  const { name, at } = argument;
  if (args.some((other) => other.name === name)) {
    faults.push({ at, rule: `${name} is given twice` });
  } else {
    args.push(argument);
  }
};

const collectPositional = (found: Collected, argument: LineArgument): void => {
  if (found.positional === undefined) {
    found.positional = argument;
  } else {
    const rule = 'only one value goes without a name: quote a value that has spaces';
    found.faults.push({ at: argument.at, rule });
  }
};

/** Read one word of the line into what was found; gives where the next one may begin. */
const collectWord = (text: string, at: number, found: Collected): number => {
  if (text[at] === '=') {
    const rule = 'write = right after its name, and the value right after it';
    found.faults.push({ at, rule });
    return at + wordAt(text, at).length;
  }
  const name = namePattern.exec(text.slice(at))?.[1];
  const { value, end, fault } = scanValue(text, name === undefined ? at : at + name.length + 1);
  if (fault !== undefined) {
    found.faults.push(fault);
  } else if (name === undefined) {
    collectPositional(found, { at, value });
  } else {
    collectNamed(found, { name, at, value });
  }
  return end;
};

/**
 * Take a war-room line apart: `!command value name=value name="two words"`. The exclamation mark may
 * be left out. All faults are found at once.
 */
export const parseLine = (text: string): ParsedLine => {
  const { command, end, fault } = parseHead(text);
  const faults = fault === undefined ? [] : [fault];
  const found: Collected = { args: [], faults, positional: undefined };
  for (let at = skipSpace(text, end); at < text.length; at = skipSpace(text, at)) {
    at = collectWord(text, at, found);
  }
  const { args, positional } = found;
  return faults.length > 0 ? { faults } : { line: { command, args, positional } };
};

const quoteWord = (word: string): string => {
  const name = namePattern.exec(word)?.[0] ?? '';
  const { end, fault } = scanValue(word, name.length);
  return fault === undefined && end === word.length
    ? word
    : `${name}"${word.slice(name.length).replace(/[\\"]/g, '\\$&')}"`;
};

/**
 * The line of words that a shell has already taken apart. A value that cannot be read as it is, such
 * as one with spaces or JSON, is quoted.
 */
export const lineOfWords = ([command = '', ...words]: readonly string[]): string =>
  [command, ...words.map(quoteWord)].join(' ');
