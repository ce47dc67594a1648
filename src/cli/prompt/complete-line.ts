import type { Command } from '../../integration/command.ts';
import { asList, isValues, ownValue, type Values } from '../context/values.ts';
import { optionNames, positionalName } from '../line/prepare-line.ts';

/** What a prompt's completer gives: the candidates, and the part of the line that they replace. */
export type Completion = [candidates: string[], typed: string];

const beginningWith = (typed: string, candidates: readonly string[]): Completion => [
  [...new Set(candidates)].filter((candidate) => candidate.startsWith(typed)),
  typed,
];

/** The keys that a value has; of a list, those of any of its members. */
const keysOf = (value: unknown): string[] =>
  asList(value).flatMap((item) => (isValues(item) ? Object.keys(item) : []));

/** Complete the last key of a context path. */
const completePath = (path: string, context: Values, typed: string): Completion => {
  const keys = path.split('.');
  const parents = keys.slice(0, -1);
  const owners = parents.reduce<readonly unknown[]>(
    (values, key) =>
      key.startsWith('[') ? values : values.flatMap((value) => asList(ownValue(value, key))),
    [context],
  );
  const before = typed.slice(0, typed.length - (keys.at(-1) ?? '').length);
  return beginningWith(
    typed,
    owners.flatMap(keysOf).map((key) => before + key),
  );
};

const plainName = (name: string): string => name.replaceAll('_', '').toLowerCase();

/** Every text in the context under a key that means the same as an argument: TxID is for txid. */
const seenValues = (name: string, value: unknown): string[] =>
  asList(value).flatMap((item) =>
    isValues(item)
      ? Object.entries(item).flatMap(([key, inner]) =>
          plainName(key) === plainName(name) && typeof inner === 'string'
            ? [inner]
            : seenValues(name, inner),
        )
      : [],
  );

const quoted = (value: string): string => (/^[\w.@:/+-]+$/.test(value) ? value : `"${value}"`);

const completeValue = (command: Command, name: string, context: Values, typed: string) => {
  const values = command.arguments[name]?.predefined ?? seenValues(name, context).map(quoted);
  return beginningWith(
    typed,
    values.map((value) => `${name}=${value} `),
  );
};

/** The names in a line, and the one that a value without a name goes to. */
const givenNames = (command: Command, before: string): string[] => {
  const [, ...words] = before.trim().split(/\s+/);
  const positional = positionalName(command);
  return words.flatMap((word) => {
    const name = /^([\w-]+)=/.exec(word)?.[1] ?? positional;
    return name === undefined ? [] : [name];
  });
};

/** The arguments that may still be given; never one that is there under another name or in another's place. */
const completeName = (command: Command, before: string, typed: string): Completion => {
  const canonical = (name: string) => command.arguments[name]?.aliasOf ?? name;
  const given = givenNames(command, before).map(canonical);
  const { exactlyOneOf } = command;
  const excluded = exactlyOneOf.some((name) => given.includes(name)) ? exactlyOneOf : [];
  const names = Object.entries(command.arguments)
    .filter(
      ([name, { aliasOf }]) => aliasOf === undefined && ![...given, ...excluded].includes(name),
    )
    .map(([name]) => `${name}=`);
  const options = optionNames.filter((name) => !given.includes(name)).map((name) => `${name}=`);
  return beginningWith(typed, typed === '' ? names : [...names, ...options]);
};

/**
 * Complete a war-room line: the command, then its arguments that are not there yet, then their values
 * where there is a choice or the context holds some; and context paths.
 */
export const completeLine = (
  line: string,
  commands: ReadonlyMap<string, Command>,
  builtIns: readonly string[],
  context: Values,
): Completion => {
  const typed = /\S*$/.exec(line)?.[0] ?? '';
  const before = line.slice(0, line.length - typed.length);
  const words = before.trim();
  const lookup = /\$\{\s*([^}\s]*)$/.exec(line)?.[1];
  if (lookup !== undefined) {
    return completePath(lookup, context, typed.includes('${') ? typed : lookup);
  }
  const names = [...commands.keys()];
  if (words === '') {
    const mark = typed === '' || typed.startsWith('!') ? '!' : '';
    return beginningWith(typed, [
      ...names.map((name) => `${mark}${name} `),
      ...builtIns.map((name) => `${name} `),
    ]);
  }
  if (words === 'help') {
    return beginningWith(typed, [...names, ...builtIns]);
  }
  if (words === 'context') {
    return completePath(typed, context, typed);
  }
  const command = commands.get(words.split(/\s/)[0]?.replace(/^!/, '') ?? '');
  if (command === undefined) {
    return [[], typed];
  }
  const equals = typed.indexOf('=');
  return equals === -1
    ? completeName(command, before, typed)
    : completeValue(command, typed.slice(0, equals), context, typed);
};
