import type { Entry } from '../../integration/entry.ts';
import type { CliContext } from '../cli-context.ts';
import type { Values } from '../context/values.ts';
import { createRenderMarkdown } from './render-markdown.ts';
import { prettyJson } from './safe-text.ts';

/** What to show of a command's result. */
export const outputFormats = ['markdown', 'json', 'context', 'raw'] as const;

/** One of {@link outputFormats}. */
export type OutputFormat = (typeof outputFormats)[number];

const pretty = (value: unknown): string => prettyJson(value) ?? 'null';

const contentsOf = (entries: readonly Entry[]): unknown =>
  entries.length === 1 ? entries[0]?.Contents : entries.map(({ Contents }) => Contents);

const toText = async (
  format: OutputFormat,
  result: { readonly entries: readonly Entry[]; readonly context: Values },
  { stdout, env }: Pick<CliContext, 'stdout' | 'env'>,
): Promise<string> => {
  switch (format) {
    case 'json':
      return pretty(result.entries);
    case 'context':
      return pretty(result.context);
    case 'raw':
      return pretty(contentsOf(result.entries));
    case 'markdown': {
      const render = await createRenderMarkdown(stdout, env);
      return result.entries.map(({ HumanReadable }) => render(HumanReadable)).join('\n\n');
    }
    default:
      return format satisfies never;
  }
};

/** Print a command's result on stdout. */
export const printResult = async (
  format: OutputFormat,
  result: { readonly entries: readonly Entry[]; readonly context: Values },
  output: Pick<CliContext, 'stdout' | 'env'>,
): Promise<void> => {
  output.stdout.write(`${await toText(format, result, output)}\n`);
};
