import type { Endpoint } from '../../duo/request.ts';
import type { ErrorCode } from './error-codes.ts';

/** An endpoint of the Auth API. The client and the service name them alike. */
export type EndpointName = Endpoint;

/** The endpoints that a fault can be limited to. */
export const endpointNames = [
  'ping',
  'check',
  'logo',
  'enroll',
  'enroll_status',
  'preauth',
  'auth',
  'auth_status',
] as const satisfies readonly EndpointName[];

/** What goes wrong. */
export type FaultEffect =
  /** The response is delayed. */
  | { readonly kind: 'latency'; readonly seconds: number }
  /** Duo's failure envelope with this code; 42901 takes a `Retry-After`. */
  | { readonly kind: 'error'; readonly code: ErrorCode; readonly retryAfterSeconds?: number }
  /** A page from the front end, as with 502. */
  | { readonly kind: 'html'; readonly status: number }
  /** Half of the response, then the connection ends. */
  | { readonly kind: 'truncated' }
  /** 200 with a body that is not JSON. */
  | { readonly kind: 'malformed' }
  /** 200 with an empty body. */
  | { readonly kind: 'empty' }
  /** The connection is reset. */
  | { readonly kind: 'reset' }
  /** No response, ever. */
  | { readonly kind: 'hang' }
  /** The clock of the service is off by this much. */
  | { readonly kind: 'clock'; readonly offsetSeconds: number };

/** A fault, and which requests it hits. */
export type InjectedFault = FaultEffect & {
  /** Only this endpoint; any when absent. */
  readonly endpoint?: EndpointName;
  /** Only requests that name this user; any when absent. */
  readonly username?: string;
  /** How many requests it hits before it is used up; unlimited when absent. */
  readonly count?: number;
  /** How many matching requests pass before the first hit. Default 0. */
  readonly skip?: number;
  /** From 0 to 1. Default 1. */
  readonly probability?: number;
  /**
   * Whether the request is still carried out before its response is replaced. Default: `false`.
   * With `true` a push goes out although the client sees an error.
   */
  readonly afterwards?: boolean;
};

interface ArmedFault {
  readonly fault: InjectedFault;
  seen: number;
  hits: number;
}

/** What of a request selects faults. */
export interface FaultTarget {
  readonly endpoint: EndpointName | undefined;
  readonly username: string | undefined;
}

/** Numbers from 0 to 1 that repeat for the same seed (xorshift32). */
const createRandom = (seed: number): (() => number) => {
  // Zero is the one state that xorshift never leaves.
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
};

const isTarget = (fault: InjectedFault, { endpoint, username }: FaultTarget): boolean =>
  (fault.endpoint === undefined || fault.endpoint === endpoint) &&
  (fault.username === undefined || fault.username.toLowerCase() === username?.toLowerCase());

/** The faults in force, and how often each has hit. */
export class FaultInjector {
  #armed: ArmedFault[] = [];
  #random: () => number;

  constructor(faults: readonly InjectedFault[], seed: number) {
    this.#random = createRandom(seed);
    this.replace(faults, seed);
  }

  /** Replaces the faults, and restarts their counts and draws. */
  replace(faults: readonly InjectedFault[], seed: number): void {
    this.#armed = faults.map((fault) => ({ fault, seen: 0, hits: 0 }));
    this.#random = createRandom(seed);
  }

  list(): InjectedFault[] {
    return this.#armed.map(({ fault }) => fault);
  }

  /** The faults that hit this request, in their order. Each call counts. */
  select(target: FaultTarget): InjectedFault[] {
    return this.#armed
      .filter((armed) => isTarget(armed.fault, target) && this.#hits(armed))
      .map(({ fault }) => fault);
  }

  #hits(armed: ArmedFault): boolean {
    const { skip = 0, count = Number.POSITIVE_INFINITY, probability = 1 } = armed.fault;
    armed.seen += 1;
    if (armed.seen <= skip || armed.hits >= count) {
      return false;
    }
    if (probability < 1 && this.#random() >= probability) {
      return false;
    }
    armed.hits += 1;
    return true;
  }
}
