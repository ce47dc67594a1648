import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { SimulatorState } from '../state.ts';
import { loadConfig } from './load-config.ts';

// An editor may write a file in several steps; the last of them counts.
const settleMs = 100;

/**
 * Takes the file over whenever it changes. One that is at fault is reported, and the last good one
 * stays in force.
 *
 * @returns a function that stops watching.
 */
export const watchConfig = (
  path: string,
  state: SimulatorState,
  onReload: (error: Error | undefined) => void,
): (() => void) => {
  let timer: NodeJS.Timeout | undefined;
  const reload = async () => {
    try {
      state.reload(await loadConfig(path));
      onReload(undefined);
    } catch (error) {
      onReload(
        error instanceof Error ? error : new Error('The file was not read', { cause: error }),
      );
    }
  };
  // Editors replace a file rather than write into it, so its directory is what is watched.
  const watcher = watch(dirname(path), (_event, name) => {
    if (name !== basename(path)) {
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(() => void reload(), settleMs);
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
};
