import type { PollingStyle } from '../../integration/command.ts';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/**
 * Does this server run a JavaScript command again when its entry asks for that? Shipped content
 * relies on it from version 8 on, and on the platform that calls itself `x2`; nothing is documented,
 * so every other server is taken for one that does not.
 */
export const pollingStyleOf = (version: unknown): PollingStyle => {
  if (!isObject(version)) {
    return 'unsupported';
  }
  const major = Number.parseInt(String(version['version']), 10);
  return major >= 8 || version['platform'] === 'x2' ? 'scheduled' : 'unsupported';
};
