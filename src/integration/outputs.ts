import type { Output } from './command.ts';

/** Most outputs are text. */
/* @__NO_SIDE_EFFECTS__ */
export const stringOutput = (contextPath: string, description: string): Output => ({
  contextPath,
  type: 'String',
  description,
});
