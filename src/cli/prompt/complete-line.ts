import type { Command } from '../../integration/command.ts';

/** What a prompt's completer gives: the candidates, and the part of the line they stand for. */
export type Completion = [candidates: string[], typed: string];

const beginningWith = (typed: string, candidates: readonly string[]): Completion => [
  candidates.filter((candidate) => candidate.startsWith(typed)),
  typed,
];

const valuesOf = (command: Command, name: string): readonly string[] =>
  Object.entries(command.arguments).find(([known]) => known === name)?.[1].predefined ?? [];

const completeArgument = (command: Command, before: string, typed: string): Completion => {
  const equals = typed.indexOf('=');
  if (equals !== -1) {
    const name = typed.slice(0, equals);
    return beginningWith(
      typed,
      valuesOf(command, name).map((value) => `${name}=${value} `),
    );
  }
  const unused = Object.keys(command.arguments).filter((name) => !before.includes(` ${name}=`));
  return beginningWith(
    typed,
    unused.map((name) => `${name}=`),
  );
};

/**
 * Complete a war-room line: the command, then its arguments that are not there yet, then their
 * values where there is a choice.
 */
export const completeLine = (
  line: string,
  commands: ReadonlyMap<string, Command>,
  builtIns: readonly string[],
): Completion => {
  const typed = /\S*$/.exec(line)?.[0] ?? '';
  const before = line.slice(0, line.length - typed.length);
  const words = before.trim();
  const names = [...commands.keys()];
  if (words === '') {
    return beginningWith(typed, [
      ...names.map((name) => `!${name} `),
      ...builtIns.map((name) => `${name} `),
    ]);
  }
  if (words === 'help') {
    return beginningWith(typed, names);
  }
  const command = commands.get(words.split(/\s/)[0]?.replace(/^!/, '') ?? '');
  return command === undefined ? [[], typed] : completeArgument(command, before, typed);
};
