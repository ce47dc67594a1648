import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Row {
  readonly promise: string;
  /** What the row names: test files, and folders of them. */
  readonly holders: readonly string[];
}

/** The rows of all tables; a name without a folder lies where the one before it does. */
const readRows = (text: string): readonly Row[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\| (?:promise|-)/.test(line))
    .map((line) => {
      const [, promise = '', heldBy = ''] = line.split('|').map((cell) => cell.trim());
      let folder = '';
      const holders = [...heldBy.matchAll(/`([^`]+)`/g)].map(([, name = '']) => {
        folder = name.includes('/') ? name.slice(0, name.lastIndexOf('/') + 1) : folder;
        return name.includes('/') ? name : folder + name;
      });
      return { promise, holders };
    });

const filesOf = (holder: string): readonly string[] => {
  if (!existsSync(holder)) {
    return [];
  }
  return statSync(holder).isDirectory()
    ? readdirSync(holder)
        .filter((name) => name.endsWith('.test.ts'))
        .map((name) => join(holder, name))
    : [holder];
};

/** How each promise begins, and what a test that holds it is called. */
const assertions: readonly (readonly [promise: string, test: string])[] = [
  ['A response that is not literally', "describe('an allow'"],
  ['Whatever arrives', 'a connection that breaks at any byte of an allow'],
  ['A push is never sent a second time', 'sent: $sent: $repeats retries'],
  ['Who is not Duo', 'when its certificate is for another host'],
  ["A proxy's refusal", 'is distinguished from Duo'],
  ['No error, log line or entry', 'no secret is in the error'],
  ['Faulty parameters', 'without showing a value'],
  ["Texts of Duo's", 'never opens a tag, whatever comes'],
  ['A wrong clock', 'is corrected for the life of the client'],
  ['Cancelling ends', 'ends a plan between two steps, and warns of a push'],
  ['No redirects', 'of more than 1 MiB is refused'],
  ['Keys are taken', 'passcode=- reads the input'],
  ['No pair of state and event', 'grants in no other way than the table shows'],
  ['A transaction belongs', 'belongs to the login that had it first'],
  ['A challenge is used up', 'a hundred racers get one session'],
  ['A login makes a new session', 'is never taken over'],
  ['No other page', 'no page view signs in, pushes or signs out'],
  ['Nothing reaches the server', 'reaches nothing without a session'],
  ['No header of a client', 'no header of a client says who is asking, in any spelling'],
  ['One request is one request', "'CL.TE'"],
  ['Bytes that are no request', 'reach nothing and end nothing'],
  ['An API key passes', 'passes a call whose key the server has confirmed'],
  ["The server's own login", 'signing out of the server ends both'],
  ['Guesses are counted', 'many passwords: the right one comes too late'],
  ['Neither words nor time', 'works as hard for a user who does not exist'],
  ['User names are data', "describe('in a filter'"],
  ['Wrong passwords hold up', 'forty wrong passwords at once leave /auth/verify under 100 ms'],
  ['Requests that are too large', 'a body that never comes is cut off'],
  ['Of a hundred racers', 'a hundred codes at once are no more than the attempts of one login'],
  ['A user is sent one push', 'thirty logins at once send one push'],
  ['No link, form or script', 'by a link, a form or a script of another page'],
  ['A spelling of a name', 'are grace to Duo, or no one'],
  ['A page in place of', 'is an outage, never a password'],
  ['Duo is off only', 'leaves Duo on'],
  ['Duo is away only', 'a request that Duo fails over'],
  [
    'A browser is remembered',
    'is let in by Duo without asking again, and is nothing for another user',
  ],
];

const rows = readRows(readFileSync('SECURITY.md', 'utf8'));

describe('SECURITY.md', () => {
  it.each(rows)('$promise', ({ promise, holders }) => {
    expect(holders).not.toEqual([]);
    const files = holders.map(filesOf);
    for (const [index, found] of files.entries()) {
      expect(found, holders[index]).not.toEqual([]);
    }
    const texts = files.flat().map((file) => readFileSync(file, 'utf8'));
    expect(texts.every((text) => /expect[.(]|fc\.assert|fuzz\(/.test(text))).toBe(true);
    const [entry, ...more] = assertions.filter(([start]) => promise.startsWith(start));
    expect(more).toEqual([]);
    expect(texts.some((text) => entry !== undefined && text.includes(entry[1]))).toBe(true);
  });

  it('makes every promise that a test is known for', () => {
    expect(rows).toHaveLength(assertions.length);
  });

  it('names every attack that is tried through the proxies', () => {
    const folder = 'test/peers/security';
    const named = rows.flatMap(({ holders }) => holders);
    expect(named).toEqual(expect.arrayContaining([...filesOf(folder)]));
    for (const file of filesOf(folder)) {
      expect(readFileSync(file, 'utf8')).toMatch(/^\/\/ The attack: /);
    }
  });
});
