import { expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { version } from '../../src/duo/version.ts';

it("is the package's own", () => {
  expect(version).toBe(packageJson.version);
});
