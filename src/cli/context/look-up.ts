import { parsePath, type Step } from './parse-path.ts';
import { asList, fromList, ownValue } from './values.ts';

const take = (values: readonly unknown[], step: Step): readonly unknown[] => {
  const items = values.flatMap(asList);
  if ('index' in step) {
    return items.slice(step.index, step.index + 1);
  }
  return 'key' in step
    ? items.map((item) => ownValue(item, step.key)).filter((value) => value !== undefined)
    : items.filter((val) => step.condition({ val }));
};

/**
 * What a path finds in a context: nothing (`undefined`), one value, or a list. A key asked of a list
 * is asked of each of its members, as in XSOAR.
 *
 * @throws {@link PathError}
 */
export const lookUp = (context: unknown, path: string): unknown =>
  fromList(parsePath(path).reduce(take, [context]));
