import type { CommandResult } from './command.ts';
import type { EntryContext } from './context.ts';
import { toMarkdown } from './readable.ts';

interface EntryBase {
  /** Duo's raw response: what `raw-response=true` shows. */
  readonly Contents: unknown;
  readonly ReadableContentsFormat: 'markdown';
  readonly HumanReadable: string;
  readonly EntryContext: EntryContext;
  /** User names and addresses in Duo's answers are no indicators. */
  readonly IgnoreAutoExtract: true;
}

/** A note in the war room, in XSOAR's own terms. */
export interface NoteEntry extends EntryBase {
  /** 1 is a note. */
  readonly Type: 1;
  readonly ContentsFormat: 'json';
}

/** A file in the war room, in XSOAR's own terms. Outside XSOAR the entry carries the bytes itself. */
export interface FileEntry extends EntryBase {
  /** 3 is a file. */
  readonly Type: 3;
  readonly ContentsFormat: 'text';
  readonly Contents: '';
  /** The name of the file. */
  readonly File: string;
  /** The size in bytes. */
  readonly FileSize: number;
  /** The bytes in base64. */
  readonly FileData: string;
}

/** A war-room entry. */
export type Entry = NoteEntry | FileEntry;

/** A command's result as a note. */
export const toNoteEntry = ({ readable, contents, context }: CommandResult): NoteEntry => ({
  Type: 1,
  ContentsFormat: 'json',
  Contents: contents,
  ReadableContentsFormat: 'markdown',
  HumanReadable: toMarkdown(readable),
  EntryContext: context,
  IgnoreAutoExtract: true,
});

/** A command's result as an entry; the host encodes the bytes of a file. */
export const toEntry = (result: CommandResult, toBase64: (bytes: Uint8Array) => string): Entry => {
  const note = toNoteEntry(result);
  const { file } = result;
  return file === undefined
    ? note
    : {
        ...note,
        Type: 3,
        ContentsFormat: 'text',
        Contents: '',
        File: file.name,
        FileSize: file.bytes.length,
        FileData: toBase64(file.bytes),
      };
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const resultOf = (value: unknown): unknown => {
  if (!isObject(value)) {
    return undefined;
  }
  return isObject(value['Response']) ? value['Response']['Result'] : value['Result'];
};

/**
 * Did Duo allow the user? Only a result that is literally `allow` counts; an entry without a result,
 * and no entry at all, do not.
 */
export const isAllowed = (entries: readonly Entry[]): boolean => {
  let allowed = false;
  for (const entry of entries) {
    for (const result of Object.values(entry.EntryContext).map(resultOf)) {
      if (result !== undefined && result !== 'allow') {
        return false;
      }
      allowed ||= result === 'allow';
    }
  }
  return allowed;
};
