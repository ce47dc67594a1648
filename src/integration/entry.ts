import { type Readable, toMarkdown } from './readable.ts';

/** What a command writes to the context: paths, with or without a key to merge by, and values. */
export type EntryContext = Readonly<Record<string, unknown>>;

/** One value that a command writes to the context. */
export interface Output {
  /** The path, as playbooks read it. */
  readonly contextPath: string;
  readonly type: 'String' | 'Number' | 'Boolean' | 'Date' | 'Unknown';
  readonly description: string;
}

/** An output; most are text. */
/* @__NO_SIDE_EFFECTS__ */
export const output = (
  contextPath: string,
  description: string,
  type: Output['type'] = 'String',
): Output => ({ contextPath, type, description });

/** Leave out what is not known: a key without a value would look like an answer to a playbook. */
export const known = (values: EntryContext): Record<string, unknown> => {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) {
      result[name] = value;
    }
  }
  return result;
};

/** A moment as context holds it: ISO 8601 to the second. */
export const isoTime = (time: Date): string => time.toISOString().replace('.000Z', 'Z');

/** The command that the server runs next while the user has not answered. */
export interface Poll {
  readonly command: string;
  readonly args: Readonly<Record<string, string>>;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
}

/** A file that a command returns. */
export interface ResultFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What a command found out, before a host makes entries of it. */
export interface CommandResult {
  /** For a person. */
  readonly readable: Readable;
  /** Duo's response as it came; the command's secret keys are masked. */
  readonly contents: unknown;
  readonly context: EntryContext;
  readonly file?: ResultFile;
  /** The answer is not there yet, and the server is to run a command again. */
  readonly poll?: Poll;
}

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
