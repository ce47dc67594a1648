import type { Settings } from '../config/types.ts';
import { mapOutcome } from '../protocol/map-outcome.ts';
import { type Outcome, replied } from '../protocol/outcome.ts';
import { failReply, htmlReply, type Reply } from '../protocol/reply.ts';
import type { Fault } from './fault.ts';

const pageTitles = new Map([
  [400, 'Bad Request'],
  [403, 'Forbidden'],
  [413, 'Request Entity Too Large'],
  [500, 'Internal Server Error'],
  [502, 'Bad Gateway'],
  [503, 'Service Temporarily Unavailable'],
  [504, 'Gateway Time-out'],
]);

type Spoiler = (reply: Reply | undefined) => Outcome;

const notJson = Buffer.from('{"stat": "OK", "response": {');

const spoiled = (reply: Reply | undefined, body: Buffer, outcome: string): Outcome =>
  replied({
    status: 200,
    headers: reply?.headers ?? { 'content-type': 'application/json' },
    body,
    outcome,
  });

const errorOutcome = (fault: Fault & { kind: 'error' }, settings: Settings): Outcome => {
  const { code, retryAfterSeconds } = fault;
  const headers =
    retryAfterSeconds === undefined
      ? {}
      : { [settings.retryAfterHeader]: String(retryAfterSeconds) };
  return replied(failReply(code, undefined, headers));
};

const cut = (reply: Reply | undefined): Outcome => {
  if (!reply) {
    return { kind: 'reset' };
  }
  const cutAtByte = Math.floor(reply.body.length / 2);
  return replied({ ...reply, cutAtByte, outcome: 'truncated' });
};

/** What becomes of the answer; `undefined` for faults that leave it alone. */
const spoilerOf = (fault: Fault, settings: Settings): Spoiler | undefined => {
  switch (fault.kind) {
    case 'latency':
    case 'clock':
      return undefined;
    case 'error':
      return () => errorOutcome(fault, settings);
    case 'html':
      return () => replied(htmlReply(fault.status, pageTitles.get(fault.status) ?? 'Error'));
    case 'truncated':
      return cut;
    case 'malformed':
      return (reply) => spoiled(reply, notJson, 'malformed');
    case 'empty':
      return (reply) => spoiled(reply, Buffer.alloc(0), 'empty');
    case 'reset':
    case 'hang':
      return () => ({ kind: fault.kind });
    default:
      return fault satisfies never;
  }
};

// A half of an answer needs an answer, so this one always comes after the work.
const comesAfterwards = (fault: Fault): boolean =>
  fault.afterwards ?? ['truncated', 'malformed', 'empty'].includes(fault.kind);

const spoil = (fault: Fault, settings: Settings, run: () => Outcome): Outcome => {
  const spoiler = spoilerOf(fault, settings);
  if (!spoiler) {
    return run();
  }
  return comesAfterwards(fault) ? mapOutcome(run(), spoiler) : spoiler(undefined);
};

/** Lets the faults that struck a request happen to it: delays add up, of the rest the first counts. */
export const applyFaults = (
  faults: readonly Fault[],
  settings: Settings,
  nowMs: number,
  run: () => Outcome,
): Outcome => {
  const first = faults.find(({ kind }) => kind !== 'latency' && kind !== 'clock');
  const go = () => (first ? spoil(first, settings, run) : run());
  const delaySeconds = faults.reduce(
    (sum, fault) => sum + (fault.kind === 'latency' ? fault.seconds : 0),
    0,
  );
  if (delaySeconds === 0) {
    return go();
  }
  return { kind: 'hold', untilMs: nowMs + delaySeconds * 1000, resume: go };
};

/** How wrong the service's clock is for this request. */
export const clockOffsetMs = (faults: readonly Fault[]): number =>
  faults.reduce((sum, fault) => sum + (fault.kind === 'clock' ? fault.offsetSeconds * 1000 : 0), 0);
