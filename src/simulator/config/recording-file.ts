import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import type { RecordedExchange } from '../core/exchange.ts';
import { camelCaseKeys, snakeCaseKeys } from './key-case.ts';
import { SimulatorConfigError } from './load-config.ts';

const exchangeSchema = z.strictObject({
  method: z.enum(['GET', 'POST']),
  path: z.string().startsWith('/'),
  // An array of pairs, so that no parameter name is taken for a key.
  params: z.array(z.tuple([z.string(), z.string()])),
  status: z.number().int(),
  content_type: z.string(),
  body: z.string(),
});

/** Reads a recording: one JSON object a line. @throws SimulatorConfigError for a line that is none. */
export const readRecording = async (path: string): Promise<RecordedExchange[]> => {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new SimulatorConfigError(path, { problems: ['cannot be read'], cause });
  });
  return text
    .split('\n')
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) => {
      const parsed = exchangeSchema.safeParse(parseJson(line));
      if (!parsed.success) {
        throw new SimulatorConfigError(path, { problems: [`line ${number}: not an exchange`] });
      }
      const { params, ...exchange } = camelCaseKeys(parsed.data);
      return { ...exchange, params: Object.fromEntries(params) };
    });
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Writes a recording, readable by its owner alone: parameters may contain passcodes. */
export interface RecordingWriter {
  write(exchange: RecordedExchange): void;
  close(): Promise<void>;
}

/** Creates the file of a recording. @throws SimulatorConfigError when it cannot be written. */
export const createRecording = async (path: string): Promise<RecordingWriter> => {
  const stream = createWriteStream(path, { mode: 0o600 });
  await new Promise<void>((resolve, reject) => {
    stream.once('open', () => resolve());
    stream.once('error', (cause) => {
      reject(new SimulatorConfigError(path, { problems: ['cannot be written'], cause }));
    });
  });
  return {
    write: ({ params, ...exchange }) => {
      const line = { ...exchange, params: Object.entries(params) };
      stream.write(`${JSON.stringify(snakeCaseKeys(line))}\n`);
    },
    close: () => new Promise((resolve) => stream.end(() => resolve())),
  };
};
