import type { Entry } from '../../integration/entry.ts';
import { extendContext } from '../context/extend-context.ts';
import { mergeContext } from '../context/merge-context.ts';
import type { Values } from '../context/values.ts';
import type { LineOptions } from './read-options.ts';

/** The context after a command: its outputs merged in, and what the line wanted besides. */
export const updateContext = (
  context: Values,
  entries: readonly Entry[],
  { ignoreOutputs, extensions }: Pick<LineOptions, 'ignoreOutputs' | 'extensions'>,
): Values =>
  entries.reduce((current, { EntryContext, Contents }) => {
    const written = ignoreOutputs ? current : mergeContext(current, EntryContext);
    return mergeContext(written, extendContext(extensions, Contents));
  }, context);
