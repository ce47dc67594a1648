// The documentation portal reads these pages as MDX, where an angle bracket or a brace begins code.
const inCell = (text: string): string =>
  text
    .replace(/\|/g, '\\|')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\{/g, '&#123;')
    .replace(/\}/g, '&#125;');

/** A table in the form of XSOAR's own pages. */
export const table = (
  headers: readonly string[],
  rows: readonly (readonly (string | boolean)[])[],
): string => {
  const line = (cells: readonly (string | boolean)[]) =>
    `| ${cells.map((cell) => inCell(typeof cell === 'string' ? cell : cell ? 'True' : 'False')).join(' | ')} |`;
  return [
    line(headers.map((header) => `**${header}**`)),
    line(headers.map(() => '---')),
    ...rows.map(line),
  ].join('\n');
};
