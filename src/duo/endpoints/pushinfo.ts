import { BadArgumentError } from '../errors/bad-argument-error.ts';
import { encodePairs } from '../signing/encode-params.ts';

/** What a push shows beside the request: names and values, in the order given. */
export type Pushinfo = Readonly<Record<string, string>>;

const byteLimit = 20_000;

/**
 * Pushinfo as Duo takes it: URL-encoded pairs.
 *
 * @throws {@link BadArgumentError} at 20,000 bytes and more, which Duo would refuse.
 */
export const encodePushinfo = (pushinfo: Pushinfo): string => {
  const encoded = encodePairs(Object.entries(pushinfo));
  // The encoding is ASCII, so its length is its size in bytes.
  if (encoded.length >= byteLimit) {
    throw new BadArgumentError('/auth', [
      { name: 'pushinfo', rule: `must stay under ${byteLimit} bytes once encoded` },
    ]);
  }
  return encoded;
};
