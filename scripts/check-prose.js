// Reads what is written by hand as write-good does, at the level of this project: wordy phrases, clichés, openings
// that say nothing, and words that are repeated. Passive voice, adverbs and hedges are a writer's own business.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import writeGood from 'write-good';

const level = { passive: false, adverb: false, weasel: false, so: false, eprime: false };

// What it takes for wordy, and is not: words of reference documentation, and labels of Duo and XSOAR.
const allowed = ['it is', 'it was', 'all of', 'however', 'additional', 'type of', 'expiration'];

const documents = execFileSync('git', ['ls-files', '*.md'], { encoding: 'utf8' })
  .trim()
  .split('\n')
  .filter((name) => !/^pack\/.*README\.md$/.test(name));

let codes = 0;

/** Code is no prose: another word each time, of the same length. */
const withoutCode = (text) =>
  text
    .replace(/^ *```[\s\S]*?^ *```/gm, (block) =>
      block.replace(/[^\n]/g, ' ').replace('   ', ' . '),
    )
    .replace(/`[^`\n]*`/g, (code) => {
      codes += 1;
      const word = `q${codes.toString(26).replace(/\d/g, (digit) => 'ghijklmnop'[digit])}`;
      return word.padEnd(code.length, 'z').slice(0, code.length);
    })
    .replace(/\]\([^)]*\)/g, (target) => `]${' '.repeat(target.length - 1)}`);

const faults = documents.flatMap((document) => {
  const text = withoutCode(readFileSync(document, 'utf8'));
  return writeGood(text, level)
    .filter(
      ({ index, offset }) => !allowed.includes(text.slice(index, index + offset).toLowerCase()),
    )
    .map(
      ({ index, reason }) => `${document}:${text.slice(0, index).split('\n').length}: ${reason}`,
    );
});

process.stdout.write(
  faults.length === 0 ? `${documents.length} documents read well.\n` : `${faults.join('\n')}\n`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
