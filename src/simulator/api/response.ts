import { type ErrorCode, errorMessages } from '../core/error-codes.ts';
import type { RecordedExchange, WireResponse } from '../core/exchange.ts';
import type { Transaction } from '../core/transaction.ts';

/**
 * What a request leads to. `handle` performs no I/O: an outcome that has to wait names what it waits
 * for and how to continue, and the server does the waiting.
 */
export type Outcome =
  | { readonly kind: 'response'; readonly response: WireResponse }
  | {
      readonly kind: 'hold';
      /** Continue when this transaction changes … */
      readonly transaction?: Transaction;
      /** … or at this time, whichever comes first. */
      readonly untilMs?: number;
      readonly resume: () => Outcome;
    }
  /** Reset the connection without a response. */
  | { readonly kind: 'reset' }
  /** Never respond. */
  | { readonly kind: 'hang' };

/** Paths of version 1 with this ending have a response in BSON. */
export const bsonSuffix = '.bson';

const json = { 'content-type': 'application/json' };

/** Duo's failure envelope. */
export const failResponse = (
  code: ErrorCode,
  detail?: string,
  headers: Readonly<Record<string, string>> = {},
): WireResponse => {
  const envelope = {
    code,
    message: errorMessages[code],
    ...(detail === undefined ? {} : { message_detail: detail }),
    stat: 'FAIL',
  };
  return {
    status: Math.floor(code / 100),
    headers: { ...json, ...headers },
    body: Buffer.from(JSON.stringify(envelope)),
    outcome: `${code}${detail ? ` ${detail}` : ''}`,
  };
};

/** The page of Duo's front end for a request that does not reach the API. */
export const htmlResponse = (status: number, title: string): WireResponse => {
  const heading = `${status} ${title}`;
  const body = Buffer.from(
    `<html>\r\n<head><title>${heading}</title></head>\r\n<body>\r\n` +
      `<center><h1>${heading}</h1></center>\r\n<hr><center>Duo/1.0</center>\r\n</body>\r\n</html>\r\n`,
  );
  return { status, headers: { 'content-type': 'text/html' }, body, outcome: heading };
};

/** A response of a recording. */
export const replayedResponse = (recorded: RecordedExchange): WireResponse => {
  const { status, contentType, body } = recorded;
  return {
    status,
    headers: { 'content-type': contentType },
    body: Buffer.from(body, contentType.startsWith('image/') ? 'base64' : 'utf8'),
    outcome: 'replayed',
  };
};

/** An outcome that is ready to be sent. */
export const respond = (response: WireResponse): Outcome => ({ kind: 'response', response });

/** Duo's success envelope. `outcome` is what the log shows. */
export const respondOk = (response: unknown, outcome: string): Outcome => {
  const body = Buffer.from(JSON.stringify({ stat: 'OK', response }));
  return respond({ status: 200, headers: json, body, outcome });
};

/** Changes the response that an outcome leads to, at once or after a hold. */
export const mapOutcome = (
  outcome: Outcome,
  change: (response: WireResponse) => Outcome,
): Outcome => {
  switch (outcome.kind) {
    case 'response':
      return change(outcome.response);
    case 'hold':
      return { ...outcome, resume: () => mapOutcome(outcome.resume(), change) };
    case 'reset':
    case 'hang':
      return outcome;
  }
};

/** Present in every response, so that the simulator cannot be mistaken for Duo. */
export const simulatorHeader = {
  'x-simulator': 'xsoar-duo simulator, not the Duo service',
} as const;

/** The headers of the real service, and `simulatorHeader`. */
export const serviceHeaders = (nowMs: number): Record<string, string> => ({
  server: 'Duo/1.0',
  date: new Date(nowMs).toUTCString(),
  'cache-control': 'no-store',
  pragma: 'no-cache',
  'strict-transport-security': 'max-age=31536000',
  'content-security-policy':
    "default-src 'self'; frame-src 'self' ; img-src 'self'  ; connect-src 'self'",
  ...simulatorHeader,
});
