import { STATUS_CODES } from 'node:http';
import type { Settings } from '../core/configuration.ts';
import type { WireResponse } from '../core/exchange.ts';
import type { InjectedFault } from '../core/fault.ts';
import { failResponse, htmlResponse, mapOutcome, type Outcome, respond } from './response.ts';

/** Replaces a response, which is absent when the request was not carried out. */
type Replacement = (response: WireResponse | undefined) => Outcome;

const malformedBody = Buffer.from('{"stat": "OK", "response": {');

const withBody = (response: WireResponse | undefined, body: Buffer, outcome: string): Outcome =>
  respond({
    status: 200,
    headers: response?.headers ?? { 'content-type': 'application/json' },
    body,
    outcome,
  });

const errorOutcome = (fault: InjectedFault & { kind: 'error' }, settings: Settings): Outcome => {
  const { code, retryAfterSeconds } = fault;
  const headers =
    retryAfterSeconds === undefined
      ? {}
      : { [settings.retryAfterHeader]: String(retryAfterSeconds) };
  return respond(failResponse(code, undefined, headers));
};

const truncate = (response: WireResponse | undefined): Outcome => {
  if (!response) {
    return { kind: 'reset' };
  }
  return respond({ ...response, isTruncated: true, outcome: 'truncated' });
};

/** `undefined` for faults that leave the response alone. */
const replacementFor = (fault: InjectedFault, settings: Settings): Replacement | undefined => {
  switch (fault.kind) {
    case 'latency':
    case 'clock':
      return undefined;
    case 'error':
      return () => errorOutcome(fault, settings);
    case 'html':
      return () => respond(htmlResponse(fault.status, STATUS_CODES[fault.status] ?? 'Error'));
    case 'truncated':
      return truncate;
    case 'malformed':
      return (response) => withBody(response, malformedBody, 'malformed');
    case 'empty':
      return (response) => withBody(response, Buffer.alloc(0), 'empty');
    case 'reset':
    case 'hang':
      return () => ({ kind: fault.kind });
  }
};

// Half of a response needs a response, so these run the request by default.
const runsAfterwards = (fault: InjectedFault): boolean =>
  fault.afterwards ?? ['truncated', 'malformed', 'empty'].includes(fault.kind);

const replaceResponse = (fault: InjectedFault, settings: Settings, run: () => Outcome): Outcome => {
  const replace = replacementFor(fault, settings);
  if (!replace) {
    return run();
  }
  return runsAfterwards(fault) ? mapOutcome(run(), replace) : replace(undefined);
};

/** Applies the faults that hit a request: delays add up, of the others the first counts. */
export const applyFaults = (
  faults: readonly InjectedFault[],
  settings: Settings,
  nowMs: number,
  run: () => Outcome,
): Outcome => {
  const first = faults.find(({ kind }) => kind !== 'latency' && kind !== 'clock');
  const resume = () => (first ? replaceResponse(first, settings, run) : run());
  const delaySeconds = faults.reduce(
    (sum, fault) => sum + (fault.kind === 'latency' ? fault.seconds : 0),
    0,
  );
  if (delaySeconds === 0) {
    return resume();
  }
  return { kind: 'hold', untilMs: nowMs + delaySeconds * 1000, resume };
};

/** How far the clock of the service is off for this request. */
export const clockOffsetMs = (faults: readonly InjectedFault[]): number =>
  faults.reduce((sum, fault) => sum + (fault.kind === 'clock' ? fault.offsetSeconds * 1000 : 0), 0);
