import type { MarkedExtension, Tokens } from 'marked';
import stringWidth from 'string-width';

const padTo = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - stringWidth(text)));

const widest = (texts: readonly string[]): number =>
  Math.max(0, ...texts.map((text) => stringWidth(text)));

/** How wide a ruled table gets: each column with its padding and one rule, and the last rule. */
const ruledWidth = (header: readonly string[], rows: readonly string[][]): number =>
  header.reduce(
    (width, name, column) => width + widest([name, ...rows.map((row) => row[column] ?? '')]) + 3,
    1,
  );

const asRecord = (header: readonly string[], row: readonly string[]): string =>
  header
    .map((name, column) => [name, row[column] ?? ''] as const)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${padTo(name, widest(header))}  ${value}`)
    .join('\n');

/**
 * Tables that are too wide for the terminal become records: a line for each value that is there, and
 * a blank line after each row. Others are left to the next renderer.
 */
export const narrowTables = (columns: number): MarkedExtension => ({
  renderer: {
    table(table: Tokens.Table): string | false {
      const text = (cell: Tokens.TableCell) => this.parser.parseInline(cell.tokens);
      const header = table.header.map(text);
      const rows = table.rows.map((row) => row.map(text));
      return (
        ruledWidth(header, rows) > columns &&
        `${rows.map((row) => asRecord(header, row)).join('\n\n')}\n\n`
      );
    },
  },
});
