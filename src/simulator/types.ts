import type { SimulatorClock } from './clock.ts';
import type { SimulatorConfig } from './config/config-input.ts';
import type { SimulatorControl } from './control/types.ts';
import type { LogEntry } from './request-log.ts';

/** How to start a simulator. Everything has a default. */
export interface SimulatorOptions {
  /** 0 takes one that is free (default). */
  readonly port?: number;
  /** The address to bind to. Default 127.0.0.1; any other makes the simulator reachable to others. */
  readonly host?: string;
  /** A YAML file, read again when it changes, or its content as an object. */
  readonly config?: string | SimulatorConfig;
  /** The machine's clock by default; `createManualClock()` for one that only `advance` moves. */
  readonly clock?: SimulatorClock;
  /** Called after every request to the API. */
  readonly onRequest?: (entry: LogEntry) => void;
  /** Called when a changed file was taken over, or was not because it is at fault. */
  readonly onReload?: (error: Error | undefined) => void;
}

/** A simulator that runs. */
export interface Simulator {
  /** `https://localhost:8443` */
  readonly url: string;
  /** `localhost:8443`: what a client takes as its host name. */
  readonly hostname: string;
  /** Integration key of the first integration. */
  readonly ikey: string;
  /** Secret key of the first integration. */
  readonly skey: string;
  /** PEM file of the authority that a client must trust; deleted on close. */
  readonly caFile: string;
  /** Address of the phone page. It carries the control token: show it to nobody. */
  readonly phoneUrl: string;
  /** The token that phone page and control API ask for. */
  readonly controlToken: string;
  /** Whether it listens on this machine's loopback only. */
  readonly isLoopback: boolean;
  readonly control: SimulatorControl;
  /** Stops listening, ends what is in flight and deletes the CA file. */
  close(): Promise<void>;
}
