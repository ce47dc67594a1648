import { legacyEndpoints } from '../legacy/legacy-endpoints.ts';
import { auth } from './auth.ts';
import { authStatus } from './auth-status.ts';
import { check } from './check.ts';
import type { Endpoint } from './context.ts';
import { enroll } from './enroll.ts';
import { enrollStatus } from './enroll-status.ts';
import { logo } from './logo.ts';
import { ping } from './ping.ts';
import { preauth } from './preauth.ts';

/** The Auth API by path, its version 1 included. */
export const endpoints: ReadonlyMap<string, Endpoint> = new Map(
  [ping, check, logo, enroll, enrollStatus, preauth, auth, authStatus, ...legacyEndpoints].map(
    (endpoint) => [endpoint.path, endpoint],
  ),
);
