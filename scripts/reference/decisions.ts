import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = 'docs/decisions';

const intro = `# Decisions

<!-- Written by npm run generate from the pages themselves. -->

One page a decision: what was decided and why, and what was removed, renamed or refused for it. A number names a page and
is never given again, so that a commit or a comment can refer to it. Numbers are handed out in tens to the rooms of the
house. A gap is a number that was not used, or a page that was deleted because its decision no longer holds; git has it.
`;

interface Page {
  readonly file: string;
  readonly number: number;
  readonly title: string;
}

const readPage = (file: string): Page => {
  const [first = ''] = readFileSync(join(folder, file), 'utf8').split('\n');
  const [, digits, title] = /^# (\d+)[.:]? (.+)$/.exec(first) ?? [];
  const number = Number.parseInt(file, 10);
  if (title === undefined || Number(digits) !== number) {
    throw new Error(`${folder}/${file} must begin with "# ${number}. " and its title.`);
  }
  return { file, number, title };
};

/** The list of all decisions, by number. */
export const decisionIndex = (): string => {
  const pages = readdirSync(folder)
    .filter((file) => /^\d{3}-[a-z0-9-]+\.md$/.test(file))
    .map(readPage)
    .sort((one, other) => one.number - other.number);
  const twice = pages.find(({ number }, index) => pages[index + 1]?.number === number);
  if (twice !== undefined) {
    throw new Error(`${folder} has two pages with the number ${twice.number}.`);
  }
  const lines = pages.map(({ file, title }) => `- [${file.slice(0, 3)}](${file}) ${title}`);
  return `${intro}\n${lines.join('\n')}\n`;
};
