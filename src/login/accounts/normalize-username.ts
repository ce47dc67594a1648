/**
 * One spelling for one user, for counters and rules: compatibility forms, case and outer space do not
 * make a new user. Before any counting, or a full-width letter would buy ten more guesses.
 */
export const normalizeUsername = (username: string): string =>
  username.normalize('NFKC').trim().toLowerCase().normalize('NFKC');

const longest = 256;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const forbidden = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

/** Is this a name that may be asked about at all? */
export const isUsername = (username: string): boolean =>
  username.trim() !== '' && username.length <= longest && !forbidden.test(username);
