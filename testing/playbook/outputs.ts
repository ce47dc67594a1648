import { lookUp } from '../../src/cli/context/path.ts';
import { write } from './scripts.ts';
import type { PlaybookYml } from './types.ts';

type Context = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Context =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The parent's context after a sub-playbook: of the private context, only the outputs come back. */
export const withOutputs = (parent: Context, playbook: PlaybookYml, context: Context): Context => {
  const paths = playbook.outputs.map(({ contextPath }) => contextPath.split('.'));
  const parents = new Set(paths.map((keys) => keys.slice(0, -1).join('.')));
  let merged = parent;
  for (const path of parents) {
    const fields = paths
      .filter((keys) => keys.slice(0, -1).join('.') === path)
      .map((keys) => keys.at(-1) ?? '');
    const pick = (item: unknown): Context =>
      isObject(item)
        ? Object.fromEntries(Object.entries(item).filter(([key]) => fields.includes(key)))
        : {};
    const found = lookUp(context, path);
    if (found !== undefined) {
      const own = lookUp(parent, path);
      const value = Array.isArray(found)
        ? found.map(pick)
        : { ...(isObject(own) && own), ...pick(found) };
      merged = write(merged, path.split('.'), value) as Context;
    }
  }
  return merged;
};
