import * as z from 'zod/mini';

const host = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const port = /^[1-9]\d{0,4}$/;
const knownHost = /\.(?:duosecurity|duofederal)\.com$|^(?:localhost|127\.0\.0\.1)(?::\d+)?$/;

/** What is left of a pasted address. */
const strip = (text: string): string =>
  text
    .replace(/^https:\/\//i, '')
    .replace(/\/$/, '')
    .toLowerCase();

const isHostAndPort = (text: string): boolean => {
  const [name = '', digits, ...more] = text.split(':');
  const portIsRight = digits === undefined || (port.test(digits) && Number(digits) <= 65_535);
  return host.test(name) && portIsRight && more.length === 0;
};

// The first that holds says best what is wrong.
const faults: readonly (readonly [(text: string) => boolean, string])[] = [
  [(text) => text.startsWith('http://'), 'must be reached over https'],
  [(text) => text === '', 'is missing'],
  [(text) => /\s/.test(text), 'must not contain spaces'],
  [(text) => text.includes('@'), 'must not contain user information'],
  [(text) => /[/?#]/.test(text), 'must be a host name alone, without a path'],
  [(text) => !isHostAndPort(text), 'must look like api-XXXXXXXX.duosecurity.com'],
];

/**
 * An API hostname: a bare name, `host:port`, or a pasted https URL without a path. Read as lower-case
 * `host` or `host:port`.
 */
export const hostnameSchema = z
  .pipe(z.string({ error: 'must be text' }).check(z.trim()), z.transform(strip))
  .check(
    z.check(({ value, issues }) => {
      const fault = faults.find(([holds]) => holds(value));
      if (fault !== undefined) {
        issues.push({ code: 'custom', message: fault[1], input: value });
      }
    }),
  );

/**
 * Is this a name that Duo uses, or this machine, where a simulator runs? Others are allowed, for domains
 * to come.
 */
export const isExpectedHost = (hostname: string): boolean => knownHost.test(hostname);
