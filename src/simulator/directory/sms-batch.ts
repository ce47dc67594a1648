import { randomDigits } from './ids.ts';

/** Passcodes that went out in one text message. The n-th begins with the digit n; the tenth with 0. */
export interface SmsBatch {
  readonly codes: readonly string[];
  readonly sentAtMs: number;
  /** `undefined`: until the next batch. */
  readonly expiresAtMs: number | undefined;
  /** Index of the first code that is still good: a later one used up makes the earlier ones void. */
  nextIndex: number;
}

const digitsAfterFirst = 6;

/** Makes a batch of `size` codes. */
export const createSmsBatch = (size: number, nowMs: number, expiresInSeconds: number): SmsBatch => {
  const codes = Array.from(
    { length: size },
    (_, index) => `${(index + 1) % 10}${randomDigits(digitsAfterFirst)}`,
  );
  const expiresAtMs = expiresInSeconds === 0 ? undefined : nowMs + expiresInSeconds * 1000;
  return { codes, sentAtMs: nowMs, expiresAtMs, nextIndex: 0 };
};

/** The codes that can still be used, in order. */
export const remainingCodes = (batch: SmsBatch | undefined, nowMs: number): readonly string[] => {
  if (!batch || (batch.expiresAtMs !== undefined && batch.expiresAtMs <= nowMs)) {
    return [];
  }
  return batch.codes.slice(batch.nextIndex);
};

/** Uses a code up. False when it is none of the remaining ones. */
export const useSmsCode = (batch: SmsBatch | undefined, code: string, nowMs: number): boolean => {
  if (!batch || !remainingCodes(batch, nowMs).includes(code)) {
    return false;
  }
  batch.nextIndex = batch.codes.indexOf(code) + 1;
  return true;
};
