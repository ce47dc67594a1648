import { clearLine, cursorTo, moveCursor } from 'node:readline';
import { PassThrough, Readable, Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import type { CliContext } from '../../src/cli/cli-context.ts';

/** A stream that keeps what was written. */
export class Captured extends Writable {
  readonly isTTY: boolean;
  columns = 80;
  #text = '';

  constructor({ isTTY = false }: { isTTY?: boolean } = {}) {
    super();
    this.isTTY = isTTY;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#text += chunk.toString();
    done();
  }

  // What a terminal's stream has, and spinners use.
  cursorTo(column: number): boolean {
    return cursorTo(this, column);
  }

  moveCursor(columns: number, rows: number): boolean {
    return moveCursor(this, columns, rows);
  }

  clearLine(direction: -1 | 0 | 1): boolean {
    return clearLine(this, direction);
  }

  /** What was written, with the colors. */
  get raw(): string {
    return this.#text;
  }

  /** What was written, without colors and cursor movements. */
  get text(): string {
    return stripVTControlCharacters(this.#text);
  }

  get lines(): string[] {
    return this.text.trimEnd().split('\n');
  }
}

/** A keyboard: what is typed arrives at once. */
export class Keyboard extends PassThrough {
  readonly isTTY = true;
  isRaw = false;

  setRawMode(isRaw: boolean): this {
    this.isRaw = isRaw;
    return this;
  }

  type(text: string): void {
    this.write(text);
  }
}

/** What differs from an ordinary pipe-to-pipe run. */
export interface FakeOptions {
  readonly stdin?: string | CliContext['stdin'];
  readonly isTTY?: boolean;
  readonly env?: CliContext['env'];
  readonly signal?: AbortSignal;
  readonly now?: () => number;
}

/** An outside world made of memory. */
export type FakeContext = CliContext & { readonly stdout: Captured; readonly stderr: Captured };

/** A context whose output can be read afterwards. */
export const fakeContext = (options: FakeOptions = {}): FakeContext => {
  const { stdin = '', isTTY = false, env = {}, now = () => 0 } = options;
  return {
    stdin: typeof stdin === 'string' ? Readable.from([stdin]) : stdin,
    stdout: new Captured({ isTTY }),
    stderr: new Captured({ isTTY }),
    env,
    signal: options.signal ?? new AbortController().signal,
    now,
  };
};
