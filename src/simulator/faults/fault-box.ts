import type { EndpointName, Fault } from './fault.ts';
import { createRandom } from './random.ts';

interface ArmedFault {
  readonly fault: Fault;
  seen: number;
  hits: number;
}

/** The request as far as faults care. */
export interface FaultTarget {
  readonly endpoint: EndpointName | undefined;
  readonly username: string | undefined;
}

const concerns = (fault: Fault, { endpoint, username }: FaultTarget): boolean =>
  (fault.endpoint === undefined || fault.endpoint === endpoint) &&
  (fault.username === undefined || fault.username.toLowerCase() === username?.toLowerCase());

/** The faults in force, and how often each has struck. */
export class FaultBox {
  #armed: ArmedFault[] = [];
  #random: () => number;

  constructor(faults: readonly Fault[], seed: number) {
    this.#random = createRandom(seed);
    this.replace(faults, seed);
  }

  /** Puts others in force and starts counting and drawing anew. */
  replace(faults: readonly Fault[], seed: number): void {
    this.#armed = faults.map((fault) => ({ fault, seen: 0, hits: 0 }));
    this.#random = createRandom(seed);
  }

  list(): Fault[] {
    return this.#armed.map(({ fault }) => fault);
  }

  /** The faults that strike this request, in their order. Each call counts. */
  strike(target: FaultTarget): Fault[] {
    return this.#armed
      .filter((armed) => concerns(armed.fault, target) && this.#strikes(armed))
      .map(({ fault }) => fault);
  }

  #strikes(armed: ArmedFault): boolean {
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
