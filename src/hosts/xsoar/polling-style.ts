import type { PollingStyle } from '../../integration/command.ts';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/**
 * Does this server run a JavaScript command again when its entry asks for that? Shipped content
 * relies on it from version 8 on, and on the platform that calls itself `x2`; nothing is documented,
 * so every other server is taken for one that does not.
 */
const runsAgain = (version: unknown): boolean => {
  if (!isObject(version)) {
    return false;
  }
  const major = Number.parseInt(String(version['version']), 10);
  return major >= 8 || version['platform'] === 'x2';
};

// It asks nobody anything, so where nothing else can wait for the user, it does so itself. A push
// does not: whoever started it wants to know its transaction first.
const statusCommand = 'duo-authenticate-status';

/** Who waits for the user when this command polls on this server. */
export const pollingStyleOf = (command: string, version: unknown): PollingStyle => {
  if (runsAgain(version)) {
    return 'scheduled';
  }
  return command === statusCommand ? 'followed' : 'unsupported';
};
