import { createHash } from 'node:crypto';
import type { Endpoint } from '../endpoints/context.ts';
import { endpoints } from '../endpoints/table.ts';
import { applyFaults, clockOffsetMs } from '../faults/apply-faults.ts';
import type { SimulatorState } from '../state.ts';
import { authenticate } from './authenticate.ts';
import { ProtocolError } from './error-codes.ts';
import { mapOutcome } from './map-outcome.ts';
import { type Outcome, replied } from './outcome.ts';
import { errorReply, type Reply } from './reply.ts';
import type { WireRequest } from './request.ts';
import { serviceHeaders } from './service-headers.ts';
import { claimedUsername, type Trace } from './trace.ts';

/** What becomes of a request, and what is known of it for the log. */
export interface Handled {
  readonly outcome: Outcome;
  readonly trace: Trace;
}

/** A refusal is an answer; anything else that is thrown is a fault of the simulator's own. */
const refuse = (error: unknown): Outcome => {
  if (error instanceof ProtocolError) {
    return replied(errorReply(error));
  }
  throw error;
};

const guarded = (run: () => Outcome): Outcome => {
  try {
    const outcome = run();
    return outcome.kind === 'hold'
      ? { ...outcome, resume: () => guarded(outcome.resume) }
      : outcome;
  } catch (error) {
    return refuse(error);
  }
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
  return endpoint.run({ state, serverTimeSeconds, ...authenticated });
};

const withServiceHeaders = (reply: Reply, request: WireRequest, serverNowMs: number): Outcome => {
  const etag =
    request.method === 'GET' && reply.status === 200
      ? { etag: `"${createHash('sha1').update(reply.body).digest('hex')}"` }
      : {};
  const headers = { ...serviceHeaders(serverNowMs), ...etag, ...reply.headers };
  return replied({ ...reply, headers });
};

/** Answers one request to the Auth API. Pure but for the state: no sockets, no real clock. */
export const handle = (request: WireRequest, state: SimulatorState): Handled => {
  const endpoint = endpoints.get(request.path);
  const username = claimedUsername(state, request);
  const faults = endpoint ? state.faults.strike({ endpoint: endpoint.name, username }) : [];
  const trace: Trace = {
    ikey: undefined,
    username,
    signature: undefined,
    faults: faults.map(({ kind }) => kind),
  };
  const offsetMs = clockOffsetMs(faults);
  const run = (): Outcome => {
    if (!endpoint) {
      throw new ProtocolError(40401);
    }
    return runEndpoint(endpoint, request, state, state.now() + offsetMs, trace);
  };
  const outcome = applyFaults(faults, state.settings, state.now(), () => guarded(run));
  return {
    trace,
    outcome: mapOutcome(outcome, (reply) =>
      withServiceHeaders(reply, request, state.now() + offsetMs),
    ),
  };
};
