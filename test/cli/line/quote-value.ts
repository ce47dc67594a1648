const escaped = new Map([
  ['\n', '\\n'],
  ['\t', '\\t'],
  ['\r', '\\r'],
]);

/** A value as it must be typed to be read as it is: quoted where it has to be. */
export const quoteValue = (value: string): string =>
  /^[\w.@:/+-]+$/.test(value)
    ? value
    : `"${value.replace(/[\\"$\n\t\r]/g, (letter) => escaped.get(letter) ?? `\\${letter}`)}"`;
