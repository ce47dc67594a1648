import type { Integration } from '../../hosts/node/create-integration.ts';
import type { CliContext } from '../cli-context.ts';
import type { Values } from '../context/values.ts';
import { printResult } from '../output/print-result.ts';
import { isInteractive } from '../prompt/open-prompt.ts';
import { warn, warnOnce } from '../say-once.ts';
import { waitingText } from '../terminal/waiting-text.ts';
import { whileWaiting } from '../terminal/while-waiting.ts';
import { askPasscode } from './ask-passcode.ts';
import { noteWithoutEffect } from './note-without-effect.ts';
import { prepareLine } from './prepare-line.ts';
import { updateContext } from './update-context.ts';

/** A war room: lines run one after the other over a context that grows. */
export interface WarRoomSession {
  readonly context: () => Values;
  /** Run a line and print what came of it. Rejects with what went wrong. */
  readonly run: (line: string, signal: AbortSignal) => Promise<void>;
}

/** A war room with an empty context. */
export const createWarRoomSession = (
  integration: Integration,
  outside: CliContext,
): WarRoomSession => {
  const say = warnOnce(outside.stderr);
  let values: Values = {};
  return {
    context: () => values,
    run: async (line, signal) => {
      const prepared = prepareLine(line, values);
      const { command, options } = prepared;
      noteWithoutEffect(options, say);
      const args = await askPasscode(prepared, outside, {
        canAsk: isInteractive(outside),
        canRead: false,
      });
      const entries = await whileWaiting(outside, waitingText(command, args), (onProgress) =>
        integration.run(command, args, { signal, onProgress }),
      );
      warn(integration.warnings, say);
      values = updateContext(values, entries, options);
      const format = options.rawResponse ? 'raw' : 'markdown';
      await printResult(format, { entries, context: values }, outside);
    },
  };
};
