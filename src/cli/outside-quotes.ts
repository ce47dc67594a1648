/** The letters of a text that stand outside quotes, with their indices. Quotes are ' and ". */
export function* outsideQuotes(text: string, from = 0): Generator<readonly [number, string]> {
  let quote = '';
  for (let at = from; at < text.length; at += 1) {
    const letter = text[at] ?? '';
    if (quote !== '') {
      quote = letter === quote ? '' : quote;
    } else if (letter === "'" || letter === '"') {
      quote = letter;
    } else {
      yield [at, letter];
    }
  }
}
