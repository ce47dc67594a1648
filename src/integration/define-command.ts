import { type Arguments, parseArguments, type Values } from './argument.ts';
import { isGiven } from './coerce.ts';
import type { Command, CommandDefinition } from './command.ts';

/** Close a definition over the types of its arguments, so that all commands fit in one table. */
export const defineCommand = <A extends Arguments>(definition: CommandDefinition<A>): Command => {
  const { check, plan, ...description } = definition;
  return {
    ...description,
    parse: (args) => {
      const { values, faults } = parseArguments(definition.arguments, args);
      const between = check?.(values, (name) => isGiven(args[name as string])) ?? [];
      const all = [...faults, ...between];
      // Without a fault every argument has been read, so the values are complete.
      return all.length > 0
        ? { faults: all }
        : { start: (context) => plan(values as Values<A>, context) };
    },
  };
};
