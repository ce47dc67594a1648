import { readFile } from 'node:fs/promises';
import type { Options } from 'tsup';
import { withoutAsync } from './without-async.ts';
import { withoutHelp } from './without-help.ts';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

/** Prepares sources for XSOAR's engine, before they are joined. */
export const sourcePlugin: Plugin = {
  name: 'sources-for-xsoar',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\/node_modules\/.*\.m?js$/ }, async ({ path }) => ({
      contents: withoutAsync(await readFile(path, 'utf8')),
      loader: 'js',
    }));
    onLoad({ filter: /\/src\/integration\/.*\.ts$/ }, async ({ path }) => ({
      contents: withoutHelp(await readFile(path, 'utf8')),
      loader: 'ts',
    }));
  },
};
