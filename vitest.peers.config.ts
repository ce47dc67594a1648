import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { reporters } from './vitest.config.ts';

// These take minutes, most of them waiting. Begun last, they would run alone at the end.
const longest = [
  'long-calls',
  'fuzzed-bytes',
  'simulator-clients',
  'goja.test',
  'request-smuggling',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) =>
      longest.some((name) => moduleId.includes(name));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

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
    sequence: { sequencer: LongestFirst },
  },
});
