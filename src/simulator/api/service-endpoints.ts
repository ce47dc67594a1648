import { ProtocolError } from '../core/error-codes.ts';
import type { Endpoint } from './endpoint.ts';
import { respond, respondOk } from './response.ts';

/** `/ping`: returns the time; unsigned. */
export const ping: Endpoint = {
  name: 'ping',
  path: '/auth/v2/ping',
  method: 'GET',
  isSigned: false,
  run: ({ serverTimeSeconds }) => respondOk({ time: serverTimeSeconds }, 'pong'),
};

/** `/check`: succeeds when keys and signature are right. */
export const check: Endpoint = {
  name: 'check',
  path: '/auth/v2/check',
  method: 'GET',
  isSigned: true,
  run: ({ serverTimeSeconds }) => respondOk({ time: serverTimeSeconds }, 'valid'),
};

// A white tick on a green disc, 64 by 64.
const image = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAMAAACdt4HsAAAABlBMVEX///8Pdm6N8QZsAAAA7ElEQVR42s2XUQ6AMAhD6f0vbeKH' +
    'iW6ldV2MfLrxNgQGVP1ZcEmkvAIBkVDdREBIqi8IsCTV5wQgIwAZAcgIQEhIAUBGAEJCCninNiG8O3YE3Hboa49G3LdIsxWg1G8b' +
    'ANRI8ts5cbRy6jYDUJ5+AyhLf3oaCQ0SMg2gHH24Z9GQ5R91wDQ+e+5XBVN5rEs5x+dtyvYL52Kf8kbc9k+GWpJPTrkEM78pAUsA' +
    '6CczXYd3Q6MyeG/wIsCrTboKrbmpjCrTB+p31TlvMH7QI+VtXt5o5q1u3mzn7X4+cGwYefKha8PYt2Hw3DH6ficHUrIJybzo/XsA' +
    'AAAASUVORK5CYII=',
  'base64',
);

/** `/logo`: the image stored for the application. */
export const logo: Endpoint = {
  name: 'logo',
  path: '/auth/v2/logo',
  method: 'GET',
  isSigned: true,
  run({ integration }) {
    if (!integration.logo) {
      throw new ProtocolError(40401);
    }
    return respond({
      status: 200,
      headers: { 'content-type': 'image/png' },
      body: image,
      outcome: 'image',
    });
  },
};
