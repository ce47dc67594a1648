import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { defineConfig, type Options } from 'tsup';

type EsbuildPlugin = NonNullable<Options['esbuildPlugins']>[number];

// Takes a file as text, as Vite and so the test runner do: import page from './page.html?raw'.
const rawText: EsbuildPlugin = {
  name: 'raw-text',
  setup(build) {
    // The path keeps its ending, or tsup's own plugin would take a style sheet for one to emit.
    build.onResolve({ filter: /\?raw$/ }, ({ path, importer }) => ({
      path: join(dirname(importer), path),
      namespace: 'raw-text',
    }));
    build.onLoad({ filter: /.*/, namespace: 'raw-text' }, async ({ path }) => ({
      contents: await readFile(path.replace(/\?raw$/, ''), 'utf8'),
      loader: 'text',
    }));
  },
};

const library = {
  index: 'src/index.ts',
  simulator: 'src/simulator/index.ts',
  login: 'src/login/index.ts',
};

const esbuildPlugins = [rawText];

const shared = {
  target: 'node20',
  platform: 'node',
  // What only the tools need is optional: it is loaded from node_modules when it is there.
  skipNodeModulesBundle: true,
  sourcemap: true,
  outDir: 'dist',
  esbuildPlugins,
} as const;

export default defineConfig([
  {
    ...shared,
    entry: { ...library, cli: 'src/cli/main.ts' },
    format: 'esm',
    dts: { entry: library },
  },
  { ...shared, entry: library, format: 'cjs', dts: { entry: library } },
]);
