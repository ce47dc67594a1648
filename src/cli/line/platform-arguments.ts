/**
 * Arguments that XSOAR itself takes with every command. The first three work here too; for the others
 * there is no server, no other instance and no incident to act on.
 */
const understood = ['raw-response', 'extend-context', 'ignore-outputs', 'ignore-output'];

const withoutEffect = [
  'using',
  'using-brand',
  'retry-count',
  'retry-interval',
  'execution-timeout',
  'auto-extract',
  'debug-mode',
];

/** The names that never reach a command, in the order that help shows them. */
export const platformArguments: readonly string[] = [...understood, ...withoutEffect];

/** Is this an argument of the platform, rather than of a command? */
export const isPlatformArgument = (name: string): boolean => platformArguments.includes(name);

/** Is it accepted, but without effect outside XSOAR? */
export const hasNoEffectHere = (name: string): boolean => withoutEffect.includes(name);
