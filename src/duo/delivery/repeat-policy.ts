import type { NetworkError } from '../errors/network-error.ts';
import type { ApiRequest, ApiResponse, Endpoint } from '../request.ts';
import { retryAfterSeconds } from './retry-after.ts';

// Duo's own clients wait 1, 2, 4, 8, 16 and 32 s after a 429.
const mostRepeatsWhenTold = 6;

// A connection that cannot be made three times in a row needs a person, not patience.
const mostRepeatsWhenCut = 2;

// What a second request could do again: ask a person, or create a user.
const repeatable: Readonly<Record<Endpoint, boolean>> = {
  ping: true,
  check: true,
  logo: true,
  preauth: true,
  enroll_status: true,
  auth_status: true,
  enroll: false,
  auth: false,
};

const doubling = (attempt: number): number => 2 ** (attempt - 1);

/** The wait before a request that was answered with 429 is sent again; `undefined` for never. */
export const waitAfterResponse = (
  reply: ApiResponse,
  attempt: number,
  random: () => number,
): number | undefined =>
  reply.status === 429 && attempt <= mostRepeatsWhenTold
    ? (retryAfterSeconds(reply) ?? doubling(attempt)) + random()
    : undefined;

const lastingAtProxy = /^(?:HTTP_4|PROXY_|ERR_|CERT_|SELF_|DEPTH_|UNABLE_)/;

// A name that does not exist, a certificate or a proxy's refusal are the same a second later.
const isLasting = ({ kind, reason }: NetworkError): boolean =>
  kind === 'tls' || reason === 'ENOTFOUND' || (kind === 'proxy' && lastingAtProxy.test(reason));

/**
 * The wait before a request that got no reply is sent again; `undefined` for never. A time-out is
 * the end of the time that there was. When it is not sure that nothing reached Duo, only what does no
 * harm twice goes out again.
 */
export const waitAfterFailure = (
  { endpoint }: ApiRequest,
  error: NetworkError,
  attempt: number,
  random: () => number,
): number | undefined => {
  const isSafe = error.sent === 'no' || repeatable[endpoint];
  return isSafe && !isLasting(error) && error.kind !== 'timeout' && attempt <= mostRepeatsWhenCut
    ? doubling(attempt) + random()
    : undefined;
};
