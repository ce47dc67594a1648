import type { Entry } from './entry.ts';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const resultOf = (value: unknown): unknown => {
  if (!isObject(value)) {
    return undefined;
  }
  return isObject(value['Response']) ? value['Response']['Result'] : value['Result'];
};

/**
 * Did Duo let the user in? Only a result that is literally `allow` counts; an answer without a
 * result, and no entry at all, do not.
 */
export const isAllowed = (entries: readonly Entry[]): boolean => {
  let allowed = false;
  for (const entry of entries) {
    for (const result of Object.values(entry.EntryContext).map(resultOf)) {
      if (result !== undefined && result !== 'allow') {
        return false;
      }
      allowed ||= result === 'allow';
    }
  }
  return allowed;
};
