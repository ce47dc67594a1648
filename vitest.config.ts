import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/peers/**'],
    setupFiles: ['test/support/setup.ts'],
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
