import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/peers/**'],
    setupFiles: ['test/support/setup.ts'],
    // The simulator serves its style sheets as they are; without this the runner empties them.
    css: true,
    restoreMocks: true,
    coverage: {
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
