import { isIP } from 'node:net';
import * as z from 'zod';
import { parseUrl } from '../parse-url.ts';

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

const credentialName = text.regex(/^[\w-]+$/, 'must be the name of a credential');

/** A secret never stands in the file itself: an environment variable, a file or systemd holds it. */
export const secret = z.union(
  [
    z.strictObject({ env: text }),
    z.strictObject({ file: text }),
    z.strictObject({ credential: credentialName }),
  ],
  'must be {env: NAME}, {file: PATH} or {credential: NAME}; a secret does not belong in this file',
);

/** Where a secret is to be found. */
export type SecretPlace = z.infer<typeof secret>;

/** An origin, such as `https://soar.example.com`. */
export const origin = text.transform((value, context) => {
  const url = parseUrl(value);
  if (
    url === undefined ||
    !/^https?:$/.test(url.protocol) ||
    url.pathname !== '/' ||
    url.search !== ''
  ) {
    context.issues.push({
      code: 'custom',
      message: 'must be an origin such as https://soar.example.com',
      input: value,
    });
    return z.NEVER;
  }
  return url.origin;
});

/** The address of a server, without path or user. */
export const serverUrl = (...protocols: readonly string[]) =>
  text.refine(
    (value) => {
      const url = parseUrl(value);
      return url !== undefined && protocols.includes(url.protocol) && url.username === '';
    },
    `must be an address that begins with ${protocols.map((one) => `${one}//`).join(' or ')}`,
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
