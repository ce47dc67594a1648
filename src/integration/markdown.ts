import { sanitizeText } from '../duo/text.ts';

// What markdown, a table or the HTML inside markdown could take for its own.
const special = /[\\`*_{}[\]()#+!|<>~&@]/g;

// Renderers turn bare addresses into links.
const schemeColon = /:(?=\/\/)/g;
const bareHost = /(www)\./gi;

/** Text from Duo or from a user, made safe inside markdown: it shows as it is and links nowhere. */
export const escapeMarkdown = (text: string): string =>
  sanitizeText(text)
    .replace(special, '\\$&')
    .replace(schemeColon, '\\:')
    .replace(bareHost, '$1\\.');

const plainHttpsUrl = /^https:\/\/[A-Za-z0-9.-]+(?::\d+)?(?:\/[A-Za-z0-9\-._~%/?=&:+,]*)?$/;

/** A link that a person may follow; anything but a plain https address stays text. */
export const link = (url: string): string =>
  plainHttpsUrl.test(url) ? `[${escapeMarkdown(url)}](${url})` : escapeMarkdown(url);

/** A cell's markdown, already escaped. Columns that are empty in every row are left out. */
export type Row = Readonly<Record<string, string | undefined>>;

const tableOf = (rows: readonly Row[]): string => {
  const columns = Object.keys(Object.assign({}, ...rows)).filter((name) =>
    rows.some((row) => (row[name] ?? '') !== ''),
  );
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(columns.map((name) => row[name] ?? ''))),
  ].join('\n');
};

/** The parts of a readable answer. All but `title` are markdown already. */
export interface Readable {
  readonly title: string;
  readonly rows: readonly Row[];
  /** A second table, under its own words. */
  readonly more?: { readonly intro: string; readonly rows: readonly Row[] } | undefined;
  /** What to do now, a sentence each. */
  readonly next?: readonly string[];
}

/** A titled table, a second one if there is any, and what to do next. */
export const toMarkdown = ({ title, rows, more, next = [] }: Readable): string =>
  [
    `### ${escapeMarkdown(title)}\n${tableOf(rows)}`,
    ...(more && more.rows.length > 0 ? [`${more.intro}\n\n${tableOf(more.rows)}`] : []),
    ...next,
  ].join('\n\n');
