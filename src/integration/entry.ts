import type { CommandResult, EntryContext } from './result.ts';

/** A war-room entry, in XSOAR's own terms. */
export interface Entry {
  /** 1 is a note. */
  readonly Type: 1;
  readonly ContentsFormat: 'json';
  /** Duo's raw reply: what `raw-response=true` shows. */
  readonly Contents: unknown;
  readonly ReadableContentsFormat: 'markdown';
  readonly HumanReadable: string;
  readonly EntryContext: EntryContext;
  /** User names and addresses in Duo's answers are no indicators. */
  readonly IgnoreAutoExtract: true;
}

/** A command's result as an entry. */
export const toEntry = ({ readable, contents, context }: CommandResult): Entry => ({
  Type: 1,
  ContentsFormat: 'json',
  Contents: contents,
  ReadableContentsFormat: 'markdown',
  HumanReadable: readable,
  EntryContext: context,
  IgnoreAutoExtract: true,
});
