import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { mergeContext } from '../../src/cli/context/context.ts';
import type { CommandYaml } from './command-yaml.ts';
import { captureExamples, type Example } from './examples.ts';
import { table } from './table.ts';

interface Parameter {
  readonly display: string;
  readonly displaypassword?: string;
  readonly additionalinfo?: string;
  readonly required: boolean;
}

interface IntegrationYaml {
  readonly display: string;
  readonly description: string;
  readonly configuration: readonly Parameter[];
  readonly script: { readonly commands: readonly CommandYaml[] };
}

const parameterRows = ({ display, displaypassword, additionalinfo = '', required }: Parameter) => [
  [display, additionalinfo, required],
  ...(displaypassword === undefined ? [] : [[displaypassword, '', required]]),
];

const inputRow = (argument: CommandYaml['arguments'][number]): string[] => {
  const values = argument.predefined && ` Possible values are: ${argument.predefined.join(', ')}.`;
  const standard =
    argument.defaultValue === undefined ? '' : ` Default is ${argument.defaultValue}.`;
  return [
    argument.name,
    `${argument.description}${values ?? ''}${standard}`,
    argument.required ? 'Required' : 'Optional',
  ];
};

const input = ({ arguments: args }: CommandYaml): string =>
  args.length === 0
    ? 'There are no input arguments for this command.'
    : table(
        ['Argument Name', 'Description', 'Required'],
        args.filter(({ hidden }) => hidden !== true).map(inputRow),
      );

const output = ({ outputs }: CommandYaml): string =>
  table(
    ['Path', 'Type', 'Description'],
    outputs.map(({ contextPath, type, description }) => [contextPath, type, description]),
  );

const example = ({ line, entry }: Example): string => `#### Command example

\`\`\`${line}\`\`\`

#### Context Example

\`\`\`json
${JSON.stringify(mergeContext({}, entry.EntryContext), undefined, 4)}
\`\`\`

#### Human Readable Output

${entry.HumanReadable.split('\n')
  .map((text) => `>${text}`)
  .join('\n')}
`;

const section = (command: CommandYaml, examples: readonly Example[]): string => `### ${command.name}

***
${command.description}

#### Base Command

\`${command.name}\`

#### Input

${input(command)}

#### Context Output

${output(command)}

${examples.map(example).join('\n')}`;

const transaction = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

// The simulator draws a transaction's ID; one drawn may hold what a spelling checker takes for a word.
const withFixedTransactions = (page: string): string => {
  const drawn = [...new Set(page.match(transaction))];
  return page.replace(
    transaction,
    (id) => `00000000-0000-4000-8000-${String(drawn.indexOf(id) + 1).padStart(12, '0')}`,
  );
};

/** The integration's page, in the form that XSOAR's documentation has; examples are run for it now. */
export const integrationReadme = async (): Promise<string> => {
  const integration = parse(readFileSync('integration.yml', 'utf8')) as IntegrationYaml;
  const examples = await captureExamples();
  const { display, description, configuration, script } = integration;
  return withFixedTransactions(`${description}

The examples below were run against the Duo simulator of xsoar-duo, so their keys, names and numbers are made up.

## Configure ${display} in Cortex

${table(['Parameter', 'Description', 'Required'], configuration.flatMap(parameterRows))}

## Commands

You can execute these commands from the CLI, as part of an automation, or in a playbook.
After you successfully execute a command, a DBot message appears in the War Room with the command details.

${script.commands.map((command) => section(command, examples.get(command.name) ?? [])).join('\n')}`);
};
