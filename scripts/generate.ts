// Writes what is made of the command table, the playbooks, the schemas, the decisions and the drawings. With
// --check it writes nothing and fails when something is stale.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { renderSvg } from './pack/render-svg.ts';
import { decisionIndex } from './reference/decisions.ts';
import { commandExamples } from './reference/examples.ts';
import { integrationReadme } from './reference/integration-readme.ts';
import { withCommands } from './reference/integration-yaml.ts';
import { playbookPicture } from './reference/playbook-picture.ts';
import { playbookReadme } from './reference/playbook-readme.ts';
import { sameButForChance } from './reference/same-but-for-chance.ts';
import { settingsReference } from './reference/settings-reference.ts';
import { troubleshooting } from './reference/troubleshooting.ts';

type Content = string | Uint8Array;

const isCheck = process.argv.includes('--check');

const playbooks = [
  { path: 'pack/Playbooks/playbook-Duo_-_Ask_User', picture: 'Duo_-_Ask_User.png' },
  { path: 'pack/Playbooks/playbook-Verify_User_with_Duo', picture: 'Verify_User_with_Duo.png' },
  {
    path: 'pack/TestPlaybooks/playbook-Duo_Auth_API_-_Test',
    picture: 'Duo_Auth_API_-_Test.png',
  },
];

// In this order: what comes later may read what comes before.
const generated: readonly (readonly [path: string, make: () => Content | Promise<Content>])[] = [
  ['integration.yml', () => withCommands(readFileSync('integration.yml', 'utf8'))],
  ['pack/Integrations/DuoAuthAPI/command_examples', commandExamples],
  ['pack/Integrations/DuoAuthAPI/README.md', integrationReadme],
  ['docs/troubleshooting.md', troubleshooting],
  ['docs/login/settings.md', settingsReference],
  ['docs/decisions/README.md', decisionIndex],
  [
    'pack/Integrations/DuoAuthAPI/DuoAuthAPI_image.png',
    () => renderSvg(readFileSync('pack/images/integration.svg', 'utf8')),
  ],
  ...playbooks.flatMap(
    ({ path, picture }) =>
      [
        [`pack/doc_files/${picture}`, () => playbookPicture(`${path}.yml`)],
        [`${path}_README.md`, () => playbookReadme(`${path}.yml`, `../doc_files/${picture}`)],
      ] as const,
  ),
];

const isFresh = (path: string, content: Content): boolean => {
  if (!existsSync(path)) {
    return false;
  }
  return typeof content === 'string'
    ? sameButForChance(readFileSync(path, 'utf8'), content)
    : readFileSync(path).equals(content);
};

const stale: string[] = [];
for (const [path, make] of generated) {
  const content = await make();
  if (!isFresh(path, content)) {
    stale.push(path);
    if (!isCheck) {
      writeFileSync(path, content);
    }
  }
}
process.stdout.write(
  stale.length === 0
    ? 'All generated files are up to date.\n'
    : `${isCheck ? 'Stale' : 'Written'}:\n  ${stale.join('\n  ')}\n`,
);
if (isCheck && stale.length > 0) {
  throw new Error('Run npm run generate.');
}
