import type { IntegrationConfig } from '../config/types.ts';
import type { EndpointName } from '../faults/fault.ts';
import type { Outcome } from '../protocol/outcome.ts';
import type { Parameters } from '../protocol/parameters.ts';
import type { SimulatorState } from '../state.ts';

/** What every endpoint gets. */
interface OpenContext {
  readonly state: SimulatorState;
  /** What the service believes the time to be. */
  readonly serverTimeSeconds: number;
}

/** What an endpoint gets of a request whose signature fits. */
export interface SignedContext extends OpenContext {
  readonly integration: IntegrationConfig;
  readonly params: Parameters;
}

/** One endpoint of the API. */
export type Endpoint = {
  readonly name: EndpointName;
  readonly path: string;
  readonly method: 'GET' | 'POST';
} & (
  | { readonly isSigned: false; readonly run: (context: OpenContext) => Outcome }
  | { readonly isSigned: true; readonly run: (context: SignedContext) => Outcome }
);
