import { isValues } from '../../../src/cli/context/values.ts';

const withoutCondition = (path: string): string => path.replace(/\(.*\)$/, '');

const pathsBelow = (path: string, value: unknown): string[] => {
  if (Array.isArray(value)) {
    return value.flatMap((item) => pathsBelow(path, item));
  }
  return isValues(value)
    ? Object.entries(value).flatMap(([key, below]) => pathsBelow(`${path}.${key}`, below))
    : [path];
};

/** The paths that an entry's context writes, down to the values, as integration.yml names them. */
export const writtenPaths = (context: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(context).flatMap(([path, value]) => pathsBelow(withoutCondition(path), value));
