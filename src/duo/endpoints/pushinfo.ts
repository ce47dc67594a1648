import { BadArgumentError } from '../errors/bad-argument-error.ts';
import { isWellFormed } from '../is-well-formed.ts';
import { encodePairs } from '../signing/encode-params.ts';

/** What a push shows beside the request: names and values, in the order given. */
export type Pushinfo = Readonly<Record<string, string>>;

const byteLimit = 20_000;

/** Why Duo would not take this pushinfo; `undefined` when it would. */
export const faultOfPushinfo = (pushinfo: Pushinfo): string | undefined => {
  const pairs = Object.entries(pushinfo);
  if (!pairs.every((pair) => pair.every(isWellFormed))) {
    return 'is not well-formed Unicode text';
  }
  // The encoding is ASCII, so its length is its size in bytes.
  return encodePairs(pairs).length < byteLimit
    ? undefined
    : `must stay under ${byteLimit} bytes once encoded`;
};

/**
 * Pushinfo as Duo takes it: URL-encoded pairs.
 *
 * @throws {@link BadArgumentError} when Duo would not take it.
 */
export const encodePushinfo = (pushinfo: Pushinfo): string => {
  const rule = faultOfPushinfo(pushinfo);
  if (rule !== undefined) {
    throw new BadArgumentError('/auth', [{ name: 'pushinfo', rule }]);
  }
  return encodePairs(Object.entries(pushinfo));
};
