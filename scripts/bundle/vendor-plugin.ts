import { readFile } from 'node:fs/promises';
import type { Options } from 'tsup';
import { withoutAsync } from './without-async.ts';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

/** Prepares libraries for XSOAR's engine, before they are joined with our code. */
export const vendorPlugin: Plugin = {
  name: 'vendor',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\/node_modules\/.*\.m?js$/ }, async ({ path }) => ({
      contents: withoutAsync(await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
};
