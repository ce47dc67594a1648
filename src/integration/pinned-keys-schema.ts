import * as z from 'zod/mini';

const error = 'must be SHA-256 hashes of public keys in base64, separated by commas or spaces';

// 32 bytes in base64, as `openssl dgst -sha256 -binary | base64` prints them; a common prefix may stay.
const pin = z.string().check(z.regex(/^(?:sha256\/)?[A-Za-z0-9+/]{43}=$/, { error }));

const split = (value: unknown): unknown =>
  typeof value === 'string' ? value.split(/[\s,]+/).filter((one) => one !== '') : value;

/** Pinned keys, as text or as a list. */
export const pinnedKeysSchema: z.ZodMiniType<string[]> = z.pipe(
  z.pipe(
    z.pipe(z.unknown(), z.transform(split)),
    z.array(pin, { error }).check(z.minLength(1, { error })),
  ),
  z.transform((pins) => pins.map((one) => one.replace(/^sha256\//, ''))),
);
