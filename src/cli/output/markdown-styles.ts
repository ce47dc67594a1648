import type { ChalkInstance } from 'chalk';
import type { TerminalRendererOptions } from 'marked-terminal';

const asIs = (text: string): string => text;

const common = {
  showSectionPrefix: false,
  emoji: false,
} satisfies TerminalRendererOptions;

const noChars = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** Plain text: aligned columns and nothing else. */
export const plainStyle: TerminalRendererOptions = {
  ...common,
  code: asIs,
  blockquote: asIs,
  html: asIs,
  heading: asIs,
  firstHeading: asIs,
  hr: asIs,
  listitem: asIs,
  table: asIs,
  paragraph: asIs,
  strong: asIs,
  em: asIs,
  codespan: asIs,
  del: asIs,
  link: asIs,
  href: asIs,
  tableOptions: {
    chars: noChars,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  },
};

/**
 * For a terminal: ruled tables, bold titles, commands that stand out. Nothing is reflowed here: that
 * would break long addresses in two, which could then be neither clicked nor copied.
 */
export const terminalStyle = (chalk: ChalkInstance): TerminalRendererOptions => ({
  ...common,
  code: chalk.cyan,
  blockquote: chalk.dim,
  html: chalk.dim,
  heading: chalk.bold,
  firstHeading: chalk.bold,
  hr: chalk.dim,
  listitem: asIs,
  table: asIs,
  paragraph: asIs,
  strong: chalk.bold,
  em: chalk.italic,
  codespan: chalk.cyan,
  del: chalk.strikethrough,
  link: chalk.underline,
  href: chalk.underline,
  tableOptions: { style: { head: [], border: ['grey'] } },
});
