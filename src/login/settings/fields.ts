import { isIP } from 'node:net';
import * as z from 'zod';
import { unknownNames } from '../../duo/closest.ts';

/** A URL, or nothing. `URL.parse` came with Node 22. */
export const parseUrl = (text: string, base?: string): URL | undefined =>
  URL.canParse(text, base) ? new URL(text, base) : undefined;

/** The host of a URL, without its port; empty for other text. */
export const hostOf = (url: string): string => parseUrl(url)?.hostname ?? '';

/** Does a host name or address mean this machine? */
export const isLoopback = (host: string): boolean =>
  /^(?:127\.[\d.]+|\[?::1\]?|localhost)$/.test(host);

/** A line of text that is not empty. */
export const text = z.string('must be text').trim().min(1, 'is empty');

/** Yes or no. */
export const flag = z.boolean('must be true or false');

/** A whole number within bounds. */
export const whole = (least: number, most: number) =>
  z
    .int('must be a whole number')
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`);

export const secondMs = 1_000;
export const minuteMs = 60_000;
export const hourMs = 3_600_000;

/** A whole number of units in the file, milliseconds in the code. */
export const duration = (unitMs: number, most: number, usual: number) =>
  whole(1, most)
    .default(usual)
    .transform((units) => units * unitMs);

/** A group of settings. An unknown name is a fault; its text suggests the closest known one. */
export const section = <S extends z.ZodRawShape>(shape: S) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? // One line a key, for the list of faults.
          unknownNames(issue.keys as string[], Object.keys(shape), 'is not a setting')
            .map(({ rule }) => rule)
            .join('\n')
        : undefined,
  });

const credentialName = text.regex(/^[\w-]+$/, 'must be the name of a credential');

/** Where a secret is to be found. */
export type SecretPlace =
  | { readonly env: string }
  | { readonly file: string }
  | { readonly credential: string };

/** A secret never is in the file itself: an environment variable, a file or systemd holds it. */
const secretPlace = z.union(
  [
    z.strictObject({ env: text }),
    z.strictObject({ file: text }),
    z.strictObject({ credential: credentialName }),
  ],
  'must be {env: NAME}, {file: PATH} or {credential: NAME}; a secret does not belong in this file',
);

/** How the secrets and files that settings name are found. */
export interface Outside {
  /** @returns `undefined` when there is no such variable or credential, or the file cannot be read. */
  readonly readSecret: (place: SecretPlace) => string | undefined;
  /** A file's path, seen from the folder of the settings. */
  readonly resolve: (file: string) => string;
}

const describePlace = (place: SecretPlace): string => {
  if ('env' in place) {
    return `the variable ${place.env}`;
  }
  return 'file' in place ? `the file ${place.file}` : `the credential ${place.credential}`;
};

/** A secret, fetched from its place. A fault names the place, never the value. */
export const secretIn = ({ readSecret }: Outside) =>
  secretPlace.transform((place, context) => {
    // A file written by an editor ends in a line break that is not part of the secret.
    const value = readSecret(place)?.replace(/\r?\n$/, '') ?? '';
    if (value === '') {
      const message = `${describePlace(place)} is missing or empty`;
      context.issues.push({ code: 'custom', message, input: place });
      return z.NEVER;
    }
    return value;
  });

/** An origin, such as `https://soar.example.com`. */
export const origin = text.transform((value, context) => {
  const url = parseUrl(value);
  if (
    url === undefined ||
    !/^https?:$/.test(url.protocol) ||
    url.pathname !== '/' ||
    url.search !== ''
  ) {
    const message = 'must be an origin such as https://soar.example.com';
    context.issues.push({ code: 'custom', message, input: value });
    return z.NEVER;
  }
  return url.origin;
});

/** The URL of a server, without a user name or a password. Its scheme becomes lower case, as later checks read it. */
export const serverUrl = (...protocols: readonly string[]) =>
  text
    .refine(
      (value) => {
        const url = parseUrl(value);
        const isNamed = url !== undefined && protocols.includes(url.protocol);
        return isNamed && url.username === '' && url.password === '';
      },
      `must be an address that begins with ${protocols.map((one) => `${one}//`).join(' or ')}`,
    )
    .transform((value) =>
      value.replace(/^[a-z]+:/i, (scheme) => scheme.toLowerCase()).replace(/\/$/, ''),
    );

/** `host:port`, or a port alone on this machine. */
export const listenAddress = z.union([z.int(), text]).transform((value, context) => {
  const [, host = '127.0.0.1', port] =
    /^(?:(\[[\da-f:.]+\]|[\w.-]+):)?(\d{1,5})$/i.exec(String(value)) ?? [];
  if (port === undefined || Number(port) > 65_535) {
    context.issues.push({
      code: 'custom',
      message: 'must be a port or host:port',
      input: value,
    });
    return z.NEVER;
  }
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
});

const isRange = (value: string): boolean => {
  const [address = '', bits, ...more] = value.split('/');
  const version = isIP(address);
  const most = version === 6 ? 128 : 32;
  return (
    version !== 0 &&
    more.length === 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
  );
};

/** An address or a range of them. */
export const addressRange = text.refine(
  isRange,
  'must be an address or a range such as 10.0.0.0/8',
);

/** A header's name. */
export const headerName = text.regex(/^[A-Za-z][A-Za-z\d-]*$/, 'must be the name of a header');

/** A domain of at least two labels, such as `example.com`. */
export const domainName = text
  .toLowerCase()
  .regex(
    /^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z\d-]{2,}$/,
    'must be a domain such as example.com',
  );
