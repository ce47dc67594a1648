import { simulatorHeader } from '../protocol/service-headers.ts';

/** Headers of the pages: nothing is loaded from elsewhere, nothing is framed or kept. */
export const pageHeaders = {
  ...simulatorHeader,
  'cache-control': 'no-store',
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;
