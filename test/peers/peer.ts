import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe } from 'vitest';

const { PEERS_HOME = resolve('.peers') } = process.env;

/** Where the software is that does not come from Debian. */
export const peersHome = PEERS_HOME;

/**
 * A suite that needs somebody else's software. On a laptop without it the suite is skipped and its
 * name says why; where CI is set it runs, and so fails.
 */
export const describePeer = (
  name: string,
  missing: string | undefined,
  suite: () => void,
): void => {
  const { CI: isContinuousIntegration } = process.env;
  if (missing === undefined || isContinuousIntegration) {
    describe(name, suite);
  } else {
    describe.skip(`${name} (skipped: ${missing}; see test/peers/install.sh)`, suite);
  }
};

/** Says which of these files is absent, if one is. */
export const missingFile = (...paths: readonly string[]): string | undefined => {
  const absent = paths.find((path) => !existsSync(path));
  return absent && `${absent} is absent`;
};

/** Says whether a command that proves an installation fails. */
export const missingCommand = (command: string, args: readonly string[]): string | undefined => {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return undefined;
  } catch {
    return `${command} ${args.join(' ')} fails`;
  }
};
