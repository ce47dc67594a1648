// Duo's replies nest four deep. What nests deeper is made to hurt somebody who walks through it.
const deepest = 16;

// Names that mean something to every object: a copy made carelessly would take on the value.
const forbidden = ['__proto__', 'constructor', 'prototype'];

const afterString = (text: string, openingQuote: number): number => {
  let at = openingQuote + 1;
  while (text[at] !== '"') {
    at += text[at] === '\\' ? 2 : 1;
  }
  return at + 1;
};

const isName = (text: string, end: number): boolean => {
  let at = end;
  while (/\s/.test(text.charAt(at))) {
    at += 1;
  }
  return text[at] === ':';
};

/** The names of the object that is open, one set for each level; a list has a set that stays empty. */
type Levels = Set<string>[];

const nameFault = (quoted: string, levels: Levels): string | undefined => {
  // Two spellings of one name are one name.
  const name = String(JSON.parse(quoted));
  const names = levels[levels.length - 1] as Set<string>;
  if (forbidden.includes(name)) {
    return 'it holds a name that no reply of Duo has';
  }
  if (names.has(name)) {
    return 'it says the same name twice';
  }
  names.add(name);
  return undefined;
};

const step = (character: string | undefined, levels: Levels): void => {
  if (character === '{' || character === '[') {
    levels.push(new Set());
  } else if (character === '}' || character === ']') {
    levels.pop();
  }
};

/**
 * What is wrong with a text that is JSON, beyond what its parser minds: `JSON.parse` lets the last of
 * two equal names win, where another reader on the way may have taken the first.
 */
export const jsonFault = (text: string): string | undefined => {
  const levels: Levels = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] !== '"') {
      step(text[at], levels);
      at += 1;
      if (levels.length > deepest) {
        return 'it nests deeper than a reply of Duo does';
      }
      continue;
    }
    const end = afterString(text, at);
    const fault = isName(text, end) ? nameFault(text.slice(at, end), levels) : undefined;
    if (fault !== undefined) {
      return fault;
    }
    at = end;
  }
  return undefined;
};
