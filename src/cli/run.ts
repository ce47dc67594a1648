import { createHash } from 'node:crypto';
import { DuoError } from '../duo/errors/duo-error.ts';
import { createIntegration, type Integration } from '../hosts/node/create-integration.ts';
import type { TransportOptions } from '../hosts/node/transport.ts';
import type { CliContext, TextOutput } from './cli-context.ts';
import type { Values } from './context/values.ts';
import { type ExitCode, exitCodes, unexpectedMessage } from './errors.ts';
import {
  connectionOptions,
  type InstanceOptions,
  noteWarnings,
  type WriteOnce,
  writeOnce,
} from './instance.ts';
import { type InputLine, type RunRequest, readLines, readRequest } from './json-lines.ts';
import { loadParameters } from './parameters.ts';

/** Gives the instance for these parameters. Throws a `BadParameterError`. */
export type IntegrationFor = (params: Values) => Integration;

const sorted = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

// Each holds connections open.
const maxInstances = 100;

/** One instance for all lines with the same parameters, so that its connections are used again. */
export const createIntegrationPool = (
  note: WriteOnce,
  options: TransportOptions = {},
): IntegrationFor => {
  const pool = new Map<string, Integration>();
  return (params) => {
    // The parameters hold the secret key; what is kept of them tells equal from different and no more.
    const key = createHash('sha256').update(JSON.stringify(params, sorted)).digest('base64');
    const known = pool.get(key);
    if (known !== undefined) {
      pool.delete(key);
      pool.set(key, known);
      return known;
    }
    const integration = createIntegration(params, options);
    noteWarnings(integration, note);
    // A map keeps its order: the first was not used for longest.
    const [oldest] = pool;
    if (pool.size >= maxInstances && oldest !== undefined) {
      // Its lines under way go on; connections that wait for the next one close.
      pool.delete(oldest[0]);
      oldest[1].close();
    }
    pool.set(key, integration);
    return integration;
  };
};

/** How to answer lines. */
export interface RunOptions extends InstanceOptions {
  /** How many lines may be under way at once. */
  readonly concurrency: number;
}

/**
 * Work on what comes in, a bounded number at a time. The next item is asked for only when there is a
 * free place, so a fast source waits for slow work. When work fails nothing more is taken; what is
 * under way goes on to its end, and then the failure is thrown.
 */
export const forEachConcurrently = async <T>(
  items: AsyncIterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  let running = 0;
  let failure: { readonly error: unknown } | undefined;
  let wake: () => void = () => undefined;
  // A promise that is raced again and again would collect a reaction for each line.
  const oneEnds = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  const start = async (item: T): Promise<void> => {
    running += 1;
    try {
      await work(item);
    } catch (error) {
      failure ??= { error };
    }
    running -= 1;
    wake();
  };
  for await (const item of items) {
    void start(item);
    while (running >= limit) {
      await oneEnds();
    }
    if (failure !== undefined) {
      break;
    }
  }
  while (running > 0) {
    await oneEnds();
  }
  if (failure !== undefined) {
    throw failure.error;
  }
};

/** Write lines to an output, one after the other and no faster than they are read there. */
export const createLineWriter = (output: TextOutput): ((line: string) => Promise<void>) => {
  let last: Promise<void> = Promise.resolve();
  const write = (line: string): Promise<void> =>
    new Promise((resolve, reject) => {
      output.write(`${line}\n`, (error) => (error ? reject(error) : resolve()));
    });
  return (line) => {
    last = last.then(() => write(line));
    return last;
  };
};

/** Put the id of a line, which is JSON already, before the rest of its answer. */
const answerWith = (id: string, rest: Readonly<Record<string, unknown>>): string =>
  `{"id":${id},${JSON.stringify(rest).slice(1)}`;

const errorJson = (error: unknown): unknown =>
  error instanceof DuoError
    ? error.toJSON()
    : {
        name: 'Error',
        code: 'internal',
        message: unexpectedMessage(error),
        advice: 'Run it again with --debug, and report it.',
      };

/**
 * Answer JSON lines until the input ends: each with its entries or its error, in the order in which
 * they are done.
 */
export const run = async (options: RunOptions, context: CliContext): Promise<ExitCode> => {
  const { stdin, stdout, stderr, env, signal } = context;
  const defaultParams = await loadParameters(options, env);
  const note = writeOnce(stderr);
  const integrationFor = createIntegrationPool(note, connectionOptions(options, stderr));
  const write = createLineWriter(stdout);

  const answer = async ({ id, command, args, params = defaultParams }: RunRequest) => {
    try {
      const integration = integrationFor(params);
      const entries = await integration
        .run(command, args, { signal })
        // A wrong clock is found with the first response.
        .finally(() => noteWarnings(integration, note));
      return answerWith(id, { entries });
    } catch (error) {
      return answerWith(id, { error: errorJson(error) });
    }
  };

  const answerLine = async (line: InputLine): Promise<void> => {
    const read = readRequest(line);
    await write(
      'request' in read
        ? await answer(read.request)
        : answerWith(read.id, { line: line.number, error: errorJson(read.error) }),
    );
  };

  await forEachConcurrently(readLines(stdin, signal), options.concurrency, answerLine);
  return signal.aborted ? exitCodes.cancelled : exitCodes.done;
};
