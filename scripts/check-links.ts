// Follows every link of the documents: those within the project must lead somewhere, headings included. Those to
// others are printed as a list, to be looked at: CI asks no one else's server.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { marked, type Token, type Tokens } from 'marked';

const files = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).trim().split('\n');
const documents = files.filter((name) => name.endsWith('.md'));
const folders = new Set(files.flatMap((name) => [dirname(name), `${dirname(name)}/`]));

/** The name that GitHub gives a heading. */
const slugOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/`|\*|\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');

const tokensOf = (document: string): Token[] => {
  const tokens: Token[] = [];
  void marked.walkTokens(marked.lexer(readFileSync(document, 'utf8')), (token) => {
    tokens.push(token);
  });
  return tokens;
};

const tokens = new Map(documents.map((document) => [document, tokensOf(document)]));

const anchorsOf = (document: string): Set<string> => {
  const anchors = new Set<string>();
  for (const token of tokens.get(document) ?? []) {
    if (token.type === 'heading') {
      const slug = slugOf((token as Tokens.Heading).text);
      const earlier = [...anchors].filter((anchor) => anchor.replace(/-\d+$/, '') === slug).length;
      anchors.add(anchors.has(slug) ? `${slug}-${earlier}` : slug);
    }
  }
  return anchors;
};

const broken: string[] = [];
const outside = new Map<string, string[]>();

const follow = (document: string, target: string): void => {
  if (/^[a-z]+:/i.test(target)) {
    outside.set(target, [...(outside.get(target) ?? []), document]);
    return;
  }
  const [path = '', anchor] = decodeURI(target).split('#');
  const file = path === '' ? document : normalize(join(dirname(document), path));
  const isThere = files.includes(file) || folders.has(file);
  if (!isThere) {
    broken.push(`${document}: ${target} is no file of the project`);
  } else if (anchor !== undefined && documents.includes(file) && !anchorsOf(file).has(anchor)) {
    broken.push(`${document}: ${target} names no heading of ${file}`);
  }
};

for (const [document, all] of tokens) {
  for (const token of all) {
    if (token.type === 'link' || token.type === 'image') {
      follow(document, (token as Tokens.Link | Tokens.Image).href);
    }
  }
}

process.stdout.write('Links to others:\n');
for (const [target, from] of [...outside].sort(([one], [other]) => one.localeCompare(other))) {
  process.stdout.write(`  ${target}   (${[...new Set(from)].join(', ')})\n`);
}
if (broken.length > 0) {
  throw new Error(`Links that lead nowhere:\n  ${broken.join('\n  ')}`);
}
process.stdout.write(
  `${documents.length} documents; every link within the project leads somewhere.\n`,
);
