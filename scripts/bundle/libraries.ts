import { readdirSync, readFileSync } from 'node:fs';

/** What our code takes of libraries, by the name under which it imports each. */
export const libraryImports: Readonly<Record<string, readonly string[]>> = {
  'fastest-levenshtein': ['distance'],
  'hash.js/lib/hash/hmac.js': ['default'],
  'hash.js/lib/hash/sha/512.js': ['default'],
  'js-base64': ['encode'],
  // What TypeScript makes a class of.
  tslib: ['__assign', '__classPrivateFieldGet', '__classPrivateFieldSet', '__extends'],
};

/** An npm package that is inside the bundle. */
export interface Library {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** Of the archive that npm installs, as the lock file has it. */
  readonly integrity: string;
}

const lock: { readonly packages: Readonly<Record<string, Library>> } = JSON.parse(
  readFileSync('package-lock.json', 'utf8'),
);

const packageOf = (path: string): string | undefined =>
  /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];

/** The packages that these files are of, each once. */
export const librariesOf = (paths: readonly string[]): Library[] => {
  const names = new Set(paths.map(packageOf).filter((name) => name !== undefined));
  return [...names].sort().map((name) => {
    const locked = lock.packages[`node_modules/${name}`];
    if (locked === undefined) {
      throw new Error(`package-lock.json does not know ${name}`);
    }
    const { version, license, integrity } = locked;
    return { name, version, license, integrity };
  });
};

// The terms stand in a file of their own, or under a heading at the end of the readme.
const licenseText = (name: string): string => {
  const folder = `node_modules/${name}`;
  const file = readdirSync(folder).find((one) => /^LICEN[CS]E/i.test(one));
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

const describe = ({ name, version, license, integrity }: Library, notice: string): string =>
  ` * ${name} ${version}, ${license}. ${notice}\n *   ${integrity}`;

/** Name, version, license and hash of each library, and each license's terms once, as comments. */
export const notices = (libraries: readonly Library[]): string => {
  const holders = new Map<string, string[]>();
  for (const library of libraries) {
    const [notice, terms] = split(licenseText(library.name));
    holders.set(terms, [...(holders.get(terms) ?? []), describe(library, notice)]);
  }
  return [...holders]
    .map(([terms, described]) => `/*\n${[...described, ' *', wrapLines(terms)].join('\n')}\n */`)
    .join('\n');
};
