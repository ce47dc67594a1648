const unreservedLeftByJs = /[!'()*]/g;

const escapeByte = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

/** RFC 3986: every byte but letters, digits and `-._~` becomes `%XX`. */
export const percentEncode = (text: string): string => {
  return encodeURIComponent(text).replace(unreservedLeftByJs, escapeByte);
};

/** A name or value of a form or query: `+` is a space. Broken escapes give `undefined`. */
const formDecode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
};

/** A name and its value. A name can come more than once, so a list and not a map. */
export type Pair = readonly [name: string, value: string];

/** Reads `a=1&b=2`; `undefined` when an escape is broken or is not UTF-8. */
export const parseForm = (text: string): Pair[] | undefined => {
  const pairs: Pair[] = [];
  for (const part of text.split('&')) {
    if (part === '') {
      continue;
    }
    const equals = part.indexOf('=');
    const name = formDecode(equals === -1 ? part : part.slice(0, equals));
    const value = formDecode(equals === -1 ? '' : part.slice(equals + 1));
    if (name === undefined || value === undefined) {
      return undefined;
    }
    pairs.push([name, value]);
  }
  return pairs;
};
