import { createHash } from 'node:crypto';
import { ProtocolError } from '../core/error-codes.ts';
import type { Replay, WireRequest, WireResponse } from '../core/exchange.ts';
import type { Trace } from '../core/request-log.ts';
import type { SimulatorState } from '../core/state.ts';
import { applyFaults, clockOffsetMs } from './apply-faults.ts';
import { auth, authStatus } from './auth.ts';
import { authenticate } from './authenticate.ts';
import type { Endpoint } from './endpoint.ts';
import { enroll, enrollStatus } from './enroll.ts';
import { preauth } from './preauth.ts';
import { type Parameters, unverifiedParameters } from './request.ts';
import {
  bsonSuffix,
  failResponse,
  mapOutcome,
  type Outcome,
  replayedResponse,
  respond,
  respondOk,
  serviceHeaders,
} from './response.ts';
import { restV1Endpoints } from './rest-v1.ts';

/**
 * `/ping`: returns the time; unsigned.
 *
 * @see Duo Auth API, "Endpoints", "/ping": https://duo.com/docs/authapi#/ping
 */
const ping: Endpoint = {
  name: 'ping',
  path: '/auth/v2/ping',
  method: 'GET',
  isSigned: false,
  run: ({ serverTimeSeconds }) => respondOk({ time: serverTimeSeconds }, 'pong'),
};

/**
 * `/check`: succeeds when keys and signature are right.
 *
 * @see Duo Auth API, "Endpoints", "/check": https://duo.com/docs/authapi#/check
 */
const check: Endpoint = {
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

/**
 * `/logo`: the image stored for the application.
 *
 * @see Duo Auth API, "Endpoints", "/logo": https://duo.com/docs/authapi#/logo
 */
const logo: Endpoint = {
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

/** What a request leads to, and what the log shows of it. */
export interface Handled {
  readonly outcome: Outcome;
  readonly trace: Trace;
}

const endpoints: ReadonlyMap<string, Endpoint> = new Map(
  [ping, check, logo, enroll, enrollStatus, preauth, auth, authStatus, ...restV1Endpoints].map(
    (endpoint) => [endpoint.path, endpoint],
  ),
);

// An Auth API key has no access to Duo's other APIs, which the simulator does not have.
const isOtherApi = (path: string): boolean => /^\/(admin|accounts|verify)\//.test(path);

const longestName = 64;

/** The user that a request names, verified or not: for the log and for faults, never a decision. */
const claimedUsername = (state: SimulatorState, request: WireRequest): string | undefined => {
  const claimed = unverifiedParameters(request);
  const userId =
    claimed.get('user_id') ?? state.transactions.get(claimed.get('txid') ?? '')?.start.userId;
  const name =
    claimed.get('username') ??
    claimed.get('user') ??
    state.directory.userById(userId ?? '')?.username;
  return name?.replaceAll(/\p{Cc}/gu, '?').slice(0, longestName);
};

/** Turns refusals into responses, also those after a hold. Other errors are the simulator's own. */
const catchRefusals = (run: () => Outcome): Outcome => {
  try {
    const outcome = run();
    return outcome.kind === 'hold'
      ? { ...outcome, resume: () => catchRefusals(outcome.resume) }
      : outcome;
  } catch (error) {
    if (error instanceof ProtocolError) {
      return respond(failResponse(error.code, error.detail, error.headers));
    }
    throw error;
  }
};

const replay = (recording: Replay, request: WireRequest, params: Parameters): Outcome => {
  const recorded = recording.next(request.method, request.path, params.toObject());
  if (!recorded) {
    throw new ProtocolError(40401, 'not in the recording');
  }
  return respond(replayedResponse(recorded));
};

const runEndpoint = (
  endpoint: Endpoint,
  request: WireRequest,
  state: SimulatorState,
  serverNowMs: number,
  trace: Trace,
): Outcome => {
  if (request.method !== endpoint.method) {
    throw new ProtocolError(40501);
  }
  const serverTimeSeconds = Math.floor(serverNowMs / 1000);
  if (!endpoint.isSigned) {
    return endpoint.run({ state, serverTimeSeconds });
  }
  const authenticated = authenticate(state, request, serverNowMs, trace);
  if (state.replay) {
    return replay(state.replay, request, authenticated.params);
  }
  return endpoint.run({ state, serverTimeSeconds, ...authenticated });
};

const withServiceHeaders = (
  response: WireResponse,
  request: WireRequest,
  serverNowMs: number,
): Outcome => {
  const etag =
    request.method === 'GET' && response.status === 200
      ? { etag: `"${createHash('sha1').update(response.body).digest('hex')}"` }
      : {};
  const headers = { ...serviceHeaders(serverNowMs), ...etag, ...response.headers };
  return respond({ ...response, headers, isBson: request.path.endsWith(bsonSuffix) });
};

/** Handles a request to the API. It changes the state and performs no I/O. */
export const handle = (request: WireRequest, state: SimulatorState): Handled => {
  const endpoint = endpoints.get(request.path);
  const username = claimedUsername(state, request);
  const faults = endpoint ? state.faults.select({ endpoint: endpoint.name, username }) : [];
  const trace: Trace = {
    ikey: undefined,
    username,
    signature: undefined,
    faults: faults.map(({ kind }) => kind),
  };
  const offsetMs = clockOffsetMs(faults);
  const run = (): Outcome => {
    if (isOtherApi(request.path)) {
      throw new ProtocolError(40301, 'Wrong integration type for this API.');
    }
    if (!endpoint) {
      throw new ProtocolError(40401);
    }
    return runEndpoint(endpoint, request, state, state.now() + offsetMs, trace);
  };
  const outcome = applyFaults(faults, state.settings, state.now(), () => catchRefusals(run));
  return {
    trace,
    outcome: mapOutcome(outcome, (response) =>
      withServiceHeaders(response, request, state.now() + offsetMs),
    ),
  };
};
