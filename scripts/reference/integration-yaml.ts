import { parseDocument } from 'yaml';
import { xsoarCommands } from '../../src/integration/commands/table.ts';
import { commandYaml } from './command-yaml.ts';

/** integration.yml with the commands that the table holds now; all else stays as it is written. */
export const withCommands = (text: string): string => {
  const document = parseDocument(text, { version: '1.1' });
  document.setIn(
    ['script', 'commands'],
    document.createNode([...xsoarCommands.values()].map(commandYaml), {
      aliasDuplicateObjects: false,
    }),
  );
  return document.toString({ lineWidth: 0, indentSeq: false });
};
