import { readFileSync } from 'node:fs';

/** The libraries inside the bundle, each with the licence that asks to travel with it. */
const libraries = [
  { name: 'zod', file: 'node_modules/zod/LICENSE' },
  { name: 'js-sha512', file: 'node_modules/js-sha512/LICENSE.txt' },
  { name: 'js-base64', file: 'node_modules/js-base64/LICENSE.md' },
];

export const libraryNames = libraries.map(({ name }) => name).join(', ');

const flow = (text: string): string => text.replace(/\s+/g, ' ').trim();

// A licence is a notice of who holds the rights, and terms that many libraries share.
const split = (licence: string): [notice: string, terms: string] => {
  const [, notice = '', terms = ''] = /(Copyright[^\n]*)\n(.*)$/s.exec(licence) ?? [];
  return [flow(notice), flow(terms)];
};

const wrapLines = (text: string): string => text.replace(/(.{1,96})(?: |$)/g, ' * $1\n').trimEnd();

/** The licences of the libraries, each text once, as comments. */
export const notices = (): string => {
  const holders = new Map<string, string[]>();
  for (const { name, file } of libraries) {
    const [notice, terms] = split(readFileSync(file, 'utf8'));
    holders.set(terms, [...(holders.get(terms) ?? []), `${name}: ${notice}`]);
  }
  return [...holders]
    .map(([terms, names]) => `/*\n${[...names, terms].map(wrapLines).join('\n *\n')}\n */`)
    .join('\n');
};
