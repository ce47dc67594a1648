import { Help } from 'commander';
import type { MarkedExtension } from 'marked';
import type { TerminalRendererOptions } from 'marked-terminal';
import { loadOptionalPackage } from '../../optional/load-optional-package.ts';
import type { TextOutput } from '../cli-context.ts';
import type { Environment } from '../environment.ts';
import { colorLevel } from './colors.ts';
import { plainStyle, terminalStyle } from './markdown-styles.ts';

/** Makes text of markdown, for one output. */
export type RenderMarkdown = (markdown: string) => string;

// marked-terminal leaves blank lines at the end, and pads the last column.
const tidy = (text: string): string => text.replace(/[^\S\n]+$/gm, '').trimEnd();

const assumedColumns = 80;

const loadMarked = async () => {
  const [{ Marked }, { markedTerminal }] = await Promise.all([
    loadOptionalPackage('marked', () => import('marked')),
    loadOptionalPackage('marked-terminal', () => import('marked-terminal')),
  ]);
  // Its types still speak of the renderer that earlier versions returned.
  const extension = (style: TerminalRendererOptions) =>
    markedTerminal(style) as unknown as MarkedExtension;
  return { Marked, extension };
};

const renderForTerminal = async (output: TextOutput, env: Environment): Promise<RenderMarkdown> => {
  const [{ Marked, extension }, { Chalk }, { narrowTables }] = await Promise.all([
    loadMarked(),
    loadOptionalPackage('chalk', () => import('chalk')),
    loadOptionalPackage('string-width', () => import('./narrow-tables.ts')),
  ]);
  const style = extension(terminalStyle(new Chalk({ level: colorLevel(output, env) })));
  const wrapper = new Help();
  return (markdown) => {
    // Asked anew each time: the window may have changed.
    const columns = output.columns ?? assumedColumns;
    const marked = new Marked(style, narrowTables(columns));
    return wrapper.boxWrap(tidy(marked.parse(markdown, { async: false })), columns);
  };
};

const renderPlain = async (): Promise<RenderMarkdown> => {
  const { Marked, extension } = await loadMarked();
  const marked = new Marked(extension(plainStyle));
  return (markdown) => tidy(marked.parse(markdown, { async: false }));
};

/** Markdown for a terminal, or as plain text with aligned tables for a pipe. */
export const createRenderMarkdown = (
  output: TextOutput,
  env: Environment,
): Promise<RenderMarkdown> =>
  output.isTTY === true ? renderForTerminal(output, env) : renderPlain();
