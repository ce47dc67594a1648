import { inspect } from 'node:util';
import {
  columnsOf,
  partsOf,
  type Readable,
  type Row,
  type Text,
} from '../../integration/readable.ts';
import type { CliContext } from '../cli-context.ts';
import { columnsOfOutput, displayWidth, padTo, printableLine, wrap, wrapTo } from './printable.ts';

/** Where readable text goes, and whether it may be colored there. */
export type ReadableOutput = Pick<CliContext, 'stdout' | 'env'>;

type Style = 'bold' | 'dim' | 'cyan' | 'underline';

type Paint = (style: Style, text: string) => string;

/** Does the output show colors, and does the user want them? */
export const isColored = ({ stdout, env }: ReadableOutput): boolean =>
  stdout.isTTY === true && env['NO_COLOR'] === undefined && env['TERM'] !== 'dumb';

const paintFor = (output: ReadableOutput): Paint => {
  const hasColors = isColored(output);
  return (style, text) => {
    const [on, off] = inspect.colors[style] ?? [0, 0];
    return hasColors && text !== '' ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  };
};

const textOf = (part: Text, paint: Paint): string => {
  if (typeof part === 'string') {
    return printableLine(part);
  }
  if ('code' in part) {
    return paint('cyan', printableLine(part.code));
  }
  return 'strong' in part
    ? paint('bold', printableLine(part.strong))
    : paint('underline', printableLine(part.link));
};

interface Cells {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const gap = '  ';

const widthsOf = ({ header, rows }: Cells): number[] =>
  header.map((name, column) =>
    Math.max(...[name, ...rows.map((row) => row[column] ?? '')].map(displayWidth)),
  );

const alignedTable = ({ header, rows }: Cells, widths: readonly number[], paint: Paint): string => {
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => padTo(cell, widths[column] ?? 0))
      .join(gap)
      .trimEnd();
  return [paint('dim', line(header)), ...rows.map(line)].join('\n');
};

/** A line for each value that is there, wrapped beside its name, and a blank line between rows. */
const records = ({ header, rows }: Cells, columns: number, paint: Paint): string => {
  const width = Math.max(...header.map(displayWidth));
  const indent = ' '.repeat(width + gap.length);
  const beside = (value: string) =>
    wrapTo(value, columns - indent.length).replaceAll('\n', `\n${indent}`);
  return rows
    .map((row) =>
      header
        .map((name, column) => [name, row[column] ?? ''] as const)
        .filter(([, value]) => value !== '')
        .map(([name, value]) => `${paint('dim', padTo(name, width))}${gap}${beside(value)}`)
        .join('\n'),
    )
    .join('\n\n');
};

/** Columns where they fit; records in a terminal that is too narrow for them. */
const tableOf = (rows: readonly Row[], columns: number, paint: Paint): string => {
  const header = columnsOf(rows);
  const cells: Cells = {
    header,
    rows: rows.map((row) => header.map((name) => textOf(row[name] ?? '', paint))),
  };
  const widths = widthsOf(cells);
  const width = widths.reduce((sum, each) => sum + each + gap.length, -gap.length);
  return width > columns ? records(cells, columns, paint) : alignedTable(cells, widths, paint);
};

/**
 * A result for a person: on a terminal with a bold title and in its width, in a pipe plain text with
 * aligned columns.
 */
export const readableText = (
  { title, rows, more, next = [] }: Readable,
  output: ReadableOutput,
): string => {
  const paint = paintFor(output);
  const columns = columnsOfOutput(output.stdout);
  const sentences = next.map((sentence) =>
    partsOf(sentence)
      .map((part) => textOf(part, paint))
      .join(''),
  );
  return [
    paint('bold', wrap(printableLine(title), output.stdout)),
    tableOf(rows, columns, paint),
    ...(more && more.rows.length > 0 ? [more.intro, tableOf(more.rows, columns, paint)] : []),
    ...sentences.map((sentence) => wrap(sentence, output.stdout)),
  ].join('\n\n');
};
