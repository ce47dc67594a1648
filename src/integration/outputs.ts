import type { Output } from './command.ts';

/** Most outputs are text. */
export const stringOutput = (contextPath: string, description: string): Output => ({
  contextPath,
  type: 'String',
  description,
});
