import type { MarkedExtension, Tokens } from 'marked';
import stringWidth from 'string-width';

const padTo = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - stringWidth(text)));

/**
 * Tables as records, a line for each value, for a terminal too narrow for columns. Values that are
 * empty are left out.
 */
export const recordTables: MarkedExtension = {
  renderer: {
    table({ header, rows }: Tokens.Table): string {
      const text = (cell: Tokens.TableCell) => this.parser.parseInline(cell.tokens);
      const names = header.map(text);
      const width = Math.max(...names.map((name) => stringWidth(name)));
      const records = rows.map((row) =>
        row
          .map((cell, column) => [names[column] ?? '', text(cell)] as const)
          .filter(([, value]) => value !== '')
          .map(([name, value]) => `${padTo(name, width)}  ${value}`)
          .join('\n'),
      );
      return `${records.join('\n\n')}\n\n`;
    },
  },
};

/** Does every line fit on a terminal of this width? */
export const fits = (text: string, columns: number): boolean =>
  text.split('\n').every((line) => stringWidth(line) <= columns);
