import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** One run of the script, in what the server would give it. */
export interface GojaJob {
  readonly command: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly args?: Readonly<Record<string, unknown>>;
  readonly version?: Readonly<Record<string, unknown>>;
  /** What `http()` gives, in order, instead of asking anyone; `{throws}` throws its text. */
  readonly replies?: readonly unknown[];
  /** Functions of the server's that are not there, such as `wait`. */
  readonly missing?: readonly string[];
  /** Functions of the server's that throw. */
  readonly failing?: readonly string[];
}

/** What `http()` was asked. */
export interface GojaCall {
  readonly url: string;
  readonly method: string;
  readonly headers: readonly string[];
  readonly insecure: boolean;
  readonly proxy: boolean;
  readonly timeoutMs: number;
}

/** Where the time of a run with one request goes, in milliseconds. */
export interface GojaPhases {
  readonly parseMs: number;
  /** From the first statement to a request that is ready to be signed: schemas, parameters, arguments. */
  readonly prepareMs: number;
  readonly signMs: number;
  readonly readMs: number;
}

/** What came of a run. Times are milliseconds; `totalMs` goes from parsing to the value returned. */
export interface GojaAnswer {
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the tests find out
  readonly result: any;
  readonly thrown?: string;
  readonly leaked: readonly string[];
  readonly calls: readonly GojaCall[] | null;
  readonly logs: readonly string[] | null;
  readonly waits: readonly number[] | null;
  readonly totalMs: number;
  readonly httpMs: number;
  readonly phases: GojaPhases;
}

/** A program that runs the bundle in goja, a new engine for every job. */
export interface GojaHost {
  run(job: GojaJob): Promise<GojaAnswer>;
  close(): void;
}

/** The versions of goja: the module file that pins each. */
export const gojaVersions = {
  'of November 2021': 'november-2021.mod',
  'of August 2022': 'august-2022.mod',
  'of December 2022': 'december-2022.mod',
  newest: 'go.mod',
} as const;

const source = 'test/peers/goja';

/** Build the program against a version of goja. */
export const buildGojaHost = (moduleFile: string, binary: string): void => {
  execFileSync('go', ['build', `-modfile=${moduleFile}`, '-o', binary, '.'], {
    cwd: source,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
};

/**
 * Start the program. Its jobs run one after the other, in the order they were given.
 *
 * @param environment for Go's runtime, beside that of this process.
 */
export const startGojaHost = (
  binary: string,
  options: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): GojaHost => {
  const child: ChildProcessWithoutNullStreams = spawn(binary, [...options], {
    env: { ...process.env, ...environment },
  });
  const waiting: ((line: string) => void)[] = [];
  let errors = '';
  child.stderr.on('data', (data) => {
    errors += data;
  });
  createInterface(child.stdout).on('line', (line) => waiting.shift()?.(line));
  const ended = new Promise<never>((_resolve, reject) => {
    child.on('close', (code) => reject(new Error(`goja-host ended with ${code}: ${errors}`)));
  });
  // Ending is a failure only for a job that is under way.
  ended.catch(() => undefined);
  return {
    run: async (job) => {
      const line = new Promise<string>((resolve) => waiting.push(resolve));
      child.stdin.write(`${JSON.stringify(job)}\n`);
      return JSON.parse(await Promise.race([line, ended])) as GojaAnswer;
    },
    close: () => child.stdin.end(),
  };
};
