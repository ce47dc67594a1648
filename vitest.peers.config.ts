import { defineConfig } from 'vitest/config';
import { reporters } from './vitest.config.ts';

// Suites that need other people's software. Most of them wait for what they start, so three share two cores.
export default defineConfig({
  test: {
    include: ['test/peers/**/*.test.ts'],
    setupFiles: ['testing/setup.ts'],
    reporters: reporters('peers'),
    // The simulator serves its style sheets as they are; without this the runner empties them.
    css: true,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 3,
  },
});
