const compare = (left: unknown, right: unknown, by: (order: number) => boolean): boolean => {
  if (typeof left === 'number' && typeof right === 'number') {
    return by(left - right);
  }
  return typeof left === 'string' && typeof right === 'string'
    ? by(left < right ? -1 : Number(left > right))
    : false;
};

// Playbooks compare a number with its digits, as XSOAR allows; == is no looser than that here.
const isSame = (left: unknown, right: unknown): boolean =>
  left === right ||
  ((typeof left === 'number' || typeof right === 'number') && String(left) === String(right));

/** What each comparison of a condition means. */
export const comparisons = new Map<string, (left: unknown, right: unknown) => boolean>([
  ['==', isSame],
  ['===', (left, right) => left === right],
  ['!=', (left, right) => !isSame(left, right)],
  ['!==', (left, right) => left !== right],
  ['<', (left, right) => compare(left, right, (order) => order < 0)],
  ['>', (left, right) => compare(left, right, (order) => order > 0)],
  ['<=', (left, right) => compare(left, right, (order) => order <= 0)],
  ['>=', (left, right) => compare(left, right, (order) => order >= 0)],
]);
