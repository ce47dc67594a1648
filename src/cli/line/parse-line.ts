import type { LineFault } from './line-fault.ts';
import { isPlatformArgument } from './platform-arguments.ts';
import { scanValue } from './scan-value.ts';
import type { Template } from './template.ts';

/** One argument as it was typed. */
export interface LineArgument {
  /** Where in the line it begins. */
  readonly at: number;
  readonly value: Template;
}

/** An argument with its name. */
export interface NamedArgument extends LineArgument {
  readonly name: string;
}

/** A war-room line, taken apart. Nothing has been looked up, and no command was consulted. */
export interface WarRoomLine {
  readonly command: string;
  readonly args: readonly NamedArgument[];
  /** The value that was given without a name. */
  readonly positional: LineArgument | undefined;
  /** What is meant for the platform, such as `raw-response`. */
  readonly options: readonly NamedArgument[];
}

/** A line, or everything that is wrong with it. */
export type ParsedLine = { readonly line: WarRoomLine } | { readonly faults: readonly LineFault[] };

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
  const foreign = notCommands.get(text[start] ?? '');
  if (foreign !== undefined) {
    return { command: '', end: text.length, fault: { at: start, rule: foreign } };
  }
  const nameAt = text[start] === '!' ? start + 1 : start;
  const command = wordAt(text, nameAt);
  const end = nameAt + command.length;
  if (command === '') {
    return { command, end, fault: { at: nameAt, rule: 'a command is missing' } };
  }
  const stray = command.search(/[^A-Za-z0-9-]/);
  return stray === -1
    ? { command, end }
    : {
        command,
        end,
        fault: { at: nameAt + stray, rule: 'a command is made of letters, digits and dashes' },
      };
};

const namePattern = /^([A-Za-z_][\w-]*)=/;

interface Collected {
  readonly args: NamedArgument[];
  readonly options: NamedArgument[];
  readonly faults: LineFault[];
  positional: LineArgument | undefined;
}

const collectNamed = (found: Collected, argument: NamedArgument): void => {
  const { name, at } = argument;
  if ([...found.args, ...found.options].some((other) => other.name === name)) {
    found.faults.push({ at, rule: `${name} is given twice` });
  } else {
    (isPlatformArgument(name) ? found.options : found.args).push(argument);
  }
};

const collectPositional = (found: Collected, argument: LineArgument): void => {
  if (found.positional === undefined) {
    found.positional = argument;
  } else {
    const rule = 'only one value may go without a name: quote a value that has spaces';
    found.faults.push({ at: argument.at, rule });
  }
};

/** Read one word of the line into what was found; gives where the next one may begin. */
const collectWord = (text: string, at: number, found: Collected): number => {
  if (text[at] === '=') {
    const rule = 'a name must stand right before =, and the value right after it';
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
  const found: Collected = {
    args: [],
    options: [],
    faults: fault === undefined ? [] : [fault],
    positional: undefined,
  };
  for (let at = skipSpace(text, end); at < text.length; at = skipSpace(text, at)) {
    at = collectWord(text, at, found);
  }
  const { faults, args, options, positional } = found;
  return faults.length > 0 ? { faults } : { line: { command, args, positional, options } };
};
