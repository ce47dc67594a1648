import type { ErrorCode } from '../protocol/error-codes.ts';

/** The endpoints that a fault can be tied to. */
export type EndpointName =
  | 'ping'
  | 'check'
  | 'logo'
  | 'enroll'
  | 'enroll_status'
  | 'preauth'
  | 'auth'
  | 'auth_status';

/** What goes wrong. */
export type FaultEffect =
  /** The answer comes this much later. */
  | { readonly kind: 'latency'; readonly seconds: number }
  /** Duo's failure envelope with this code; 42901 takes a `Retry-After`. */
  | { readonly kind: 'error'; readonly code: ErrorCode; readonly retryAfterSeconds?: number }
  /** A page from the front end, as with 502. */
  | { readonly kind: 'html'; readonly status: number }
  /** Half of the answer, then the connection ends. */
  | { readonly kind: 'truncated' }
  /** 200 with a body that is no JSON. */
  | { readonly kind: 'malformed' }
  /** 200 with an empty body. */
  | { readonly kind: 'empty' }
  /** The connection is reset. */
  | { readonly kind: 'reset' }
  /** No answer, ever. */
  | { readonly kind: 'hang' }
  /** The service's own clock is wrong by this much. */
  | { readonly kind: 'clock'; readonly offsetSeconds: number };

/** A fault, and which requests it hits. */
export type Fault = FaultEffect & {
  /** Only this endpoint; any when absent. */
  readonly endpoint?: EndpointName;
  /** Only requests that name this user; any when absent. */
  readonly username?: string;
  /** How many requests it hits before it is used up; no end when absent. */
  readonly count?: number;
  /** How many matching requests pass before the first is hit. Default 0. */
  readonly skip?: number;
  /** From 0 to 1. Default 1. */
  readonly probability?: number;
  /**
   * Whether the request is still carried out before its answer is spoilt. Default: `false` where
   * the fault replaces the answer. With `true` a push goes out although the client sees an error.
   */
  readonly afterwards?: boolean;
};
