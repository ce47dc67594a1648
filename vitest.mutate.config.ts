import { defineConfig } from 'vitest/config';

const { ROOM: room = '{duo,hosts}' } = process.env;

/** For mutation testing: the suites of one room, which must notice whatever changes in its sources. */
export default defineConfig({
  test: {
    include: [`test/${room}/**/*.test.ts`],
    // It builds the bundle from the sources on disk, so that no mutant is in it.
    exclude: ['test/hosts/xsoar/script.test.ts'],
    setupFiles: ['testing/setup.ts'],
    restoreMocks: true,
    testTimeout: 20_000,
  },
});
