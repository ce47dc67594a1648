import { defineConfig } from 'tsup';

const library = { index: 'src/index.ts', simulator: 'src/simulator/index.ts' };

const shared = {
  target: 'node20',
  platform: 'node',
  // What only the tools need is optional: it is loaded from node_modules when it is there.
  skipNodeModulesBundle: true,
  sourcemap: true,
  outDir: 'dist',
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
