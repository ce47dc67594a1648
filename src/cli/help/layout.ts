import { Help } from 'commander';

/** A term and what it means. */
export type Item = readonly [term: string, description: string];

/** Lays help out as the program's own help is. */
export interface Layout {
  readonly paragraph: (text: string) => string;
  readonly list: (heading: string, items: readonly Item[]) => string;
}

/** How wide help is written: as the terminal is, within what reads well; 80 where there is none. */
export const helpColumns = (columns: number | undefined): number => Math.min(columns ?? 80, 100);

/** A layout for an output of this width. */
export const createLayout = (columns: number | undefined): Layout => {
  const helpWidth = helpColumns(columns);
  const help = new Help();
  help.prepareContext({ helpWidth });
  // Context paths are long: their descriptions go into what is left.
  help.minWidthToWrap = 20;
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
