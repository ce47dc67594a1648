import { ProtocolError } from '../protocol/error-codes.ts';
import { replied } from '../protocol/outcome.ts';
import type { Endpoint } from './context.ts';

/** A white tick on a green disc, 64 by 64. */
const image = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAMAAACdt4HsAAAABlBMVEX///8Pdm6N8QZsAAAA7ElEQVR42s2XUQ6AMAhD6f0vbeKH' +
    'iW6ldV2MfLrxNgQGVP1ZcEmkvAIBkVDdREBIqi8IsCTV5wQgIwAZAcgIQEhIAUBGAEJCCninNiG8O3YE3Hboa49G3LdIsxWg1G8b' +
    'ANRI8ts5cbRy6jYDUJ5+AyhLf3oaCQ0SMg2gHH24Z9GQ5R91wDQ+e+5XBVN5rEs5x+dtyvYL52Kf8kbc9k+GWpJPTrkEM78pAUsA' +
    '6CczXYd3Q6MyeG/wIsCrTboKrbmpjCrTB+p31TlvMH7QI+VtXt5o5q1u3mzn7X4+cGwYefKha8PYt2Hw3DH6ficHUrIJybzo/XsA' +
    'AAAASUVORK5CYII=',
  'base64',
);

/** The picture that an administrator stored for the application. */
export const logo: Endpoint = {
  name: 'logo',
  path: '/auth/v2/logo',
  method: 'GET',
  isSigned: true,
  run({ integration }) {
    if (!integration.logo) {
      throw new ProtocolError(40401);
    }
    return replied({
      status: 200,
      headers: { 'content-type': 'image/png' },
      body: image,
      outcome: 'image',
    });
  },
};
