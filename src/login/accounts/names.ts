/**
 * One spelling of a user name, for rules and listings: compatibility forms, case and outer space do not
 * make another user.
 */
export const normalizeUsername = (username: string): string =>
  username.normalize('NFKC').trim().toLowerCase().normalize('NFKC');

// Letters that directories take for others and that Unicode does not decompose.
const alike: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
};

const bare = (text: string): string =>
  text.normalize('NFKD').replace(/[\p{M}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}]/gu, '');

/**
 * A user name as a directory compares it: case, compatibility forms, accents, invisible characters and
 * repeated spaces make no difference (RFC 4518, and what Active Directory does beyond it).
 */
export const foldUsername = (username: string): string =>
  // By way of upper case, which knows that ß is SS and that a long s is an S.
  bare(bare(username).toLowerCase().toUpperCase().toLowerCase())
    .replace(/[øłđðæœþ]/g, (letter) => alike[letter] ?? letter)
    .replace(/\s+/gu, ' ')
    .trim();

/**
 * What a typed name is counted under before the user is known. `grace@corp.example` and `CORP\grace`
 * may be `grace`, so the three share one budget.
 */
export const countedName = (username: string): string => {
  const folded = foldUsername(username);
  const account = folded.replace(/^.*\\/, '').replace(/@.*$/, '').trim();
  return account === '' ? folded : account;
};

/** Is there no other spelling of this name that a directory could take for it? */
export const isOnlySpelling = (username: string): boolean => username === foldUsername(username);

const longest = 256;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const forbidden = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

/** Can this be the name of a user at all? */
export const isUsername = (username: string): boolean =>
  username.trim() !== '' && username.length <= longest && !forbidden.test(username);
