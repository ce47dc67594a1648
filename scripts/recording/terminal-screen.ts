/** A run of characters that look the same. `style` holds class names of the drawing. */
export interface Run {
  readonly column: number;
  readonly text: string;
  readonly style: string;
}

/** How a color or an attribute of a terminal is called in the drawing. */
const styleOf = (code: number): string | undefined => {
  if (code >= 30 && code <= 37) {
    return `f${code - 30}`;
  }
  if (code >= 90 && code <= 97) {
    return `f${code - 82}`;
  }
  return { 1: 'b', 2: 'd', 4: 'u', 7: 'r' }[code];
};

const isColor = (style: string): boolean => style.startsWith('f');

/** The styles in force after a code such as 1 (bold) or 39 (the usual color). */
const after = (styles: readonly string[], code: number): readonly string[] => {
  if (code === 0) {
    return [];
  }
  if (code === 39) {
    return styles.filter((style) => !isColor(style));
  }
  // 49 is the usual ground, and nothing here has another.
  const off: Readonly<Record<number, string>> = { 22: 'bd', 24: 'u', 27: 'r', 49: '' };
  const ended = off[code];
  if (ended !== undefined) {
    return styles.filter((style) => ended === '' || !ended.includes(style));
  }
  const style = styleOf(code);
  if (style === undefined) {
    throw new Error(`The recording does not know the terminal's code ${code}.`);
  }
  return [...styles.filter((one) => !isColor(style) || !isColor(one)), style];
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what a terminal sends
const changeOfStyle = /\u001b\[([\d;]*)m/g;

/** Read a line of `tmux capture-pane -e`. */
export const readLine = (line: string): readonly Run[] => {
  const runs: Run[] = [];
  let styles: readonly string[] = [];
  let column = 0;
  const add = (text: string): void => {
    if (text.trim() !== '' || styles.some((style) => style === 'r' || style === 'u')) {
      runs.push({ column, text, style: styles.join(' ') });
    }
    column += [...text].length;
  };
  let from = 0;
  for (const match of line.matchAll(changeOfStyle)) {
    add(line.slice(from, match.index));
    for (const code of (match[1] ?? '').split(';')) {
      styles = after(styles, Number(code));
    }
    from = match.index + match[0].length;
  }
  add(line.slice(from));
  return runs;
};
