import { type PlaybookYaml, readPlaybookYaml } from './playbook-yaml.ts';
import { table } from './table.ts';

const list = (names: readonly string[], what: string): string =>
  names.length === 0
    ? `This playbook does not use any ${what}.`
    : [...new Set(names)]
        .sort()
        .map((name) => `* ${name}`)
        .join('\n');

const inputs = ({ inputs: given }: PlaybookYaml): string =>
  table(
    ['Name', 'Description', 'Default Value', 'Required'],
    given.map(({ key, description, value, required }) => [
      key,
      description,
      value.simple ?? '',
      required ? 'Required' : 'Optional',
    ]),
  );

const outputs = ({ outputs: given }: PlaybookYaml): string =>
  given.length === 0
    ? 'There are no outputs for this playbook.'
    : table(
        ['Path', 'Description', 'Type'],
        given.map(({ contextPath, description, type }) => [
          contextPath,
          description,
          type.toLowerCase(),
        ]),
      );

/** A playbook's page, in the form that XSOAR's documentation has. */
export const playbookReadme = (path: string, picture: string): string => {
  const playbook = readPlaybookYaml(path);
  const tasks = Object.values(playbook.tasks).map(({ task }) => task);
  const commands = tasks.filter(({ iscommand }) => iscommand).map(({ script = '' }) => script);
  const playbooks = tasks
    .map(({ playbookName = '' }) => playbookName)
    .filter((name) => name !== '');
  const scripts = tasks.map(({ scriptName = '' }) => scriptName).filter((name) => name !== '');
  return `${playbook.description}

## Dependencies

This playbook uses the following sub-playbooks, integrations, and scripts.

### Sub-playbooks

${list(playbooks, 'sub-playbooks')}

### Integrations

${list(['DuoAuthAPI'], 'integrations')}

### Scripts

${list(scripts, 'scripts')}

### Commands

${list(
  commands.map((script) => script.replace('DuoAuthAPI|||', '')),
  'commands',
)}

## Playbook Inputs

---

${inputs(playbook)}

## Playbook Outputs

---

${outputs(playbook)}

## Playbook Image

---

![${playbook.name}](${picture})
`;
};
