import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/** CI counts what ran from the reports; a person reads the terminal. */
export const reporters = (suite: string) =>
  process.env['CI']
    ? ['default', ['json', { outputFile: `reports/${suite}.json` }] satisfies [string, object]]
    : ['default'];

// Examples import the package as its users do.
const alias = {
  'xsoar-duo/login': resolve('src/login/index.ts'),
  'xsoar-duo/simulator': resolve('src/simulator/index.ts'),
  'xsoar-duo': resolve('src/index.ts'),
};

export default defineConfig({
  resolve: { alias },
  test: {
    include: ['test/**/*.test.ts', 'examples/**/*.test.ts'],
    exclude: ['test/peers/**'],
    setupFiles: ['testing/setup.ts'],
    // Suites leave nothing behind, so that they can share one process: most of the time went into importing
    // the same modules again for each of them.
    isolate: false,
    // Most suites wait for sockets and timers, so three share two cores well.
    maxWorkers: 3,
    // The simulator serves its style sheets as they are; without this the runner empties them.
    css: true,
    restoreMocks: true,
    reporters: reporters('unit'),
    testTimeout: 20_000,
    hookTimeout: 30_000,
    coverage: {
      // CI runs the README's test command, and has the coverage of that one run.
      enabled: Boolean(process.env['CI']),
      reportOnFailure: true,
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text-summary', 'html', 'json-summary'],
      thresholds: {
        'src/duo/**': { statements: 100, branches: 100, functions: 100, lines: 100 },
        'src/integration/**': { statements: 100, branches: 100, functions: 100, lines: 100 },
      },
    },
  },
});
