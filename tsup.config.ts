import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { defineConfig, type Options } from 'tsup';

type EsbuildPlugin = NonNullable<Options['esbuildPlugins']>[number];

// Takes a file as text, as Vite and so the test runner do: import page from './page.html?raw'.
const rawText: EsbuildPlugin = {
  name: 'raw-text',
  setup(build) {
    build.onResolve({ filter: /\?raw$/ }, ({ path, importer }) => ({
      path: join(dirname(importer), path),
      namespace: 'raw-text',
    }));
    build.onLoad({ filter: /\?raw$/, namespace: 'raw-text' }, async ({ path }) => ({
      contents: await readFile(path.replace(/\?raw$/, ''), 'utf8'),
      loader: 'text',
    }));
  },
};

const library = { index: 'src/index.ts', simulator: 'src/simulator/index.ts' };

const esbuildPlugins = [rawText];

const shared = {
  target: 'node20',
  platform: 'node',
  sourcemap: true,
  outDir: 'dist',
  // The optional dependencies too: they are loaded when the simulator or the tools start.
  skipNodeModulesBundle: true,
  esbuildPlugins,
} as const;

export default defineConfig([
  {
    ...shared,
    entry: { ...library, cli: 'src/cli/main.ts' },
    format: 'esm',
    dts: { entry: library },
    clean: true,
  },
  { ...shared, entry: library, format: 'cjs', dts: { entry: library } },
]);
