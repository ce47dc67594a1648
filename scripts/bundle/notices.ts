import { readdirSync, readFileSync } from 'node:fs';

// The terms stand in a file of their own, or under a heading at the end of the readme.
const licenseOf = (library: string): string => {
  const folder = `node_modules/${library}`;
  const file = readdirSync(folder).find((name) => /^LICEN[CS]E/i.test(name));
  const text = readFileSync(`${folder}/${file ?? 'README.md'}`, 'utf8');
  return file === undefined ? (text.split(/^#+ LICEN[CS]E$/im)[1] ?? '') : text;
};

const flow = (text: string): string => text.replace(/\s+/g, ' ').trim();

// A license is a notice of who holds the rights, and terms that many libraries share.
const split = (license: string): [notice: string, terms: string] => {
  const found = /(Copyright[^\n]*)\n(.*)$/s.exec(license);
  if (found === null) {
    throw new Error(`no one is named in this license: ${license}`);
  }
  const [, notice = '', terms = ''] = found;
  return [flow(notice), flow(terms)];
};

const wrapLines = (text: string): string => text.replace(/(.{1,96})(?: |$)/g, ' * $1\n').trimEnd();

/** The licenses that ask to travel with these libraries, each text once, as comments. */
export const notices = (libraries: readonly string[]): string => {
  const holders = new Map<string, string[]>();
  for (const library of libraries) {
    const [notice, terms] = split(licenseOf(library));
    holders.set(terms, [...(holders.get(terms) ?? []), `${library}: ${notice}`]);
  }
  return [...holders]
    .map(([terms, names]) => `/*\n${[...names, terms].map(wrapLines).join('\n *\n')}\n */`)
    .join('\n');
};
