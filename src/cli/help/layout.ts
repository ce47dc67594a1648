import { Help } from 'commander';

/** A term and what it means. */
export type Item = readonly [term: string, description: string];

/** Lays help out for a terminal of some width, as the program's own help is. */
export interface Layout {
  readonly paragraph: (text: string) => string;
  readonly list: (heading: string, items: readonly Item[]) => string;
}

const comfortableColumns = 100;

/** Without a width, as when it goes to a pipe, lines are wrapped at a comfortable one. */
export const createLayout = (columns: number | undefined): Layout => {
  const helpWidth = Math.min(columns ?? comfortableColumns, comfortableColumns);
  const help = new Help();
  help.prepareContext({ helpWidth });
  return {
    paragraph: (text) => help.boxWrap(text, helpWidth),
    list: (heading, items) => {
      const width = Math.max(0, ...items.map(([term]) => help.displayWidth(term)));
      return [heading, ...items.map((item) => help.formatItem(item[0], width, item[1], help))].join(
        '\n',
      );
    },
  };
};
