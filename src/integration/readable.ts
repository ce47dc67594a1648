import { sanitizeText } from '../duo/text.ts';

/** Text that a person reads: plain, or marked for what it is. Any of it may come from outside. */
export type Text =
  | string
  | { readonly code: string }
  | { readonly strong: string }
  | { readonly link: string };

/** A sentence, in parts where some of it is marked. */
export type Sentence = string | readonly Text[];

/** The cells of a table's row by column. */
export type Row = Readonly<Record<string, Text | undefined>>;

/** A command's result for a person, as data: hosts render it to Markdown or to a terminal. */
export interface Readable {
  readonly title: string;
  readonly rows: readonly Row[];
  /** A second table, under a line of its own. */
  readonly more?: { readonly intro: string; readonly rows: readonly Row[] } | undefined;
  /** What a QR code holds: a terminal draws it, where others follow a link to its picture. */
  readonly qrCode?: string | undefined;
  /** What to do now, a sentence each. */
  readonly next?: readonly Sentence[];
}

/** The columns of a table; one that is empty in every row is left out. */
export const columnsOf = (rows: readonly Row[]): string[] =>
  Object.keys(Object.assign({}, ...rows)).filter((name) =>
    rows.some((row) => (row[name] ?? '') !== ''),
  );

/** The parts of a sentence. */
export const partsOf = (sentence: Sentence): readonly Text[] =>
  typeof sentence === 'string' ? [sentence] : sentence;

// What Markdown, a table or the HTML inside Markdown would interpret.
const special = /[\\`*_{}[\]()#+!|<>~&@]/g;

// Renderers turn bare addresses into links.
const schemeColon = /:(?=\/\/)/g;
const bareHost = /(www)\./gi;

/** Escape text from outside: Markdown shows it as it is and links nowhere. */
export const escapeMarkdown = (text: string): string =>
  sanitizeText(text)
    .replace(special, '\\$&')
    .replace(schemeColon, '\\:')
    .replace(bareHost, '$1\\.');

const plainHttpsUrl = /^https:\/\/[A-Za-z0-9.-]+(?::\d+)?(?:\/[A-Za-z0-9\-._~%/?=&:+,]*)?$/;

/** Is this address safe to follow? Anything but a plain https address is shown as text. */
export const isPlainUrl = (url: string): boolean => plainHttpsUrl.test(url);

const markdownOf = (text: Text): string => {
  if (typeof text === 'string') {
    return escapeMarkdown(text);
  }
  if ('code' in text) {
    return `\`${sanitizeText(text.code).replace(/`/g, '')}\``;
  }
  if ('strong' in text) {
    return `**${escapeMarkdown(text.strong)}**`;
  }
  return isPlainUrl(text.link)
    ? `[${escapeMarkdown(text.link)}](${text.link})`
    : escapeMarkdown(text.link);
};

// Escaping trims each part; the spaces between the parts of a sentence stay.
const sentenceMarkdown = (sentence: Sentence): string =>
  partsOf(sentence)
    .map((part) => {
      const [before = '', after = ''] =
        typeof part === 'string' ? [/^ */.exec(part)?.[0], / *$/.exec(part)?.[0]] : [];
      return `${before}${markdownOf(part)}${after}`;
    })
    .join('');

const tableMarkdown = (rows: readonly Row[]): string => {
  const columns = columnsOf(rows);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(columns.map((name) => markdownOf(row[name] ?? '')))),
  ].join('\n');
};

/** Markdown: a titled table, a second one if there is any, and what to do next. */
export const toMarkdown = ({ title, rows, more, next = [] }: Readable): string =>
  [
    `### ${escapeMarkdown(title)}\n${tableMarkdown(rows)}`,
    ...(more && more.rows.length > 0 ? [`${more.intro}\n\n${tableMarkdown(more.rows)}`] : []),
    ...next.map(sentenceMarkdown),
  ].join('\n\n');
