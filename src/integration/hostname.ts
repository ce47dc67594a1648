import * as z from 'zod/mini';

const host = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const port = /^[1-9]\d{0,4}$/;
const knownSuffix = /\.(?:duosecurity|duofederal)\.com$/;

const breakage = (text: string): string | undefined => {
  if (/^http:\/\//i.test(text)) {
    return 'must be reached over https';
  }
  const rest = text.replace(/^https:\/\//i, '').replace(/\/$/, '');
  if (rest === '') {
    return 'is missing';
  }
  if (/\s/.test(rest)) {
    return 'must not contain spaces';
  }
  if (rest.includes('@')) {
    return 'must not contain user information';
  }
  if (/[/?#]/.test(rest)) {
    return 'must be a host name alone, without a path';
  }
  const [name = '', digits, ...more] = rest.toLowerCase().split(':');
  const portIsRight = digits === undefined || (port.test(digits) && Number(digits) <= 65_535);
  return host.test(name) && portIsRight && more.length === 0
    ? undefined
    : 'must look like api-XXXXXXXX.duosecurity.com';
};

/**
 * An API hostname: a bare name, `host:port`, or a pasted https URL without a path. Read as lower-case
 * `host` or `host:port`.
 */
export const hostnameSchema = z.pipe(
  z.string().check(
    z.trim(),
    z.check(({ value, issues }) => {
      const message = breakage(value);
      if (message !== undefined) {
        issues.push({ code: 'custom', message, input: value });
      }
    }),
  ),
  z.transform((text) =>
    text
      .replace(/^https:\/\//i, '')
      .replace(/\/$/, '')
      .toLowerCase(),
  ),
);

/** Does the name end as Duo's do? Others are allowed, for tests and for domains to come. */
export const isDuoHostname = (hostname: string): boolean => knownSuffix.test(hostname);
