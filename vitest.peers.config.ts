import { defineConfig } from 'vitest/config';

// The suites that need other people's software: test/peers/install.sh installs it.
export default defineConfig({
  test: {
    include: ['test/peers/**/*.test.ts'],
    setupFiles: ['test/support/setup.ts'],
    // The simulator serves its style sheets as they are; without this the runner empties them.
    css: true,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
