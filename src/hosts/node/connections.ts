import type { Agent } from 'node:https';
import type { ConnectionSettings } from '../../duo/connection-settings.ts';
import type { ApiRequest } from '../../duo/request.ts';
import { DuoAgent } from './agent.ts';
import { createGate } from './gate.ts';
import { findProxy, type HttpProxy } from './proxy.ts';
import { createTrust } from './trust.ts';

/** The connections of an instance, straight and through proxies. */
export interface Connections {
  /** Wait for a turn. Rejects when the signal fires first. */
  readonly enter: (request: ApiRequest, signal: AbortSignal) => Promise<() => void>;
  /** @throws {@link BadParameterError} when the system's proxy settings cannot be used. */
  readonly agentFor: (request: ApiRequest, url: string) => Agent;
}

// More at a time gains nothing: Duo turns away who asks too often, and each connection costs memory
// and a file handle, of which many systems allow a process 1,024.
const ordinaryPlaces = 64;

// A call that waits for a person takes a minute and costs nothing. Such calls have room of their own,
// so that many people at their phones do not keep a short question waiting.
const heldOpenPlaces = 256;

const createPool = (places: number, agentWith: (proxy: HttpProxy | undefined) => Agent) => {
  const agents = new Map<string, Agent>();
  return {
    gate: createGate(places),
    agentFor: (proxy: HttpProxy | undefined): Agent => {
      const key = JSON.stringify(proxy ?? 'direct');
      const agent = agents.get(key) ?? agentWith(proxy);
      agents.set(key, agent);
      return agent;
    },
  };
};

/** @throws {@link BadParameterError} when a file that the settings name cannot be used. */
export const createConnections = (settings: ConnectionSettings): Connections => {
  const trust = createTrust(settings);
  const pool = (places: number) =>
    createPool(places, (proxy) => new DuoAgent({ settings, trust, proxy, keep: places }));
  const ordinary = pool(ordinaryPlaces);
  const heldOpen = pool(heldOpenPlaces);
  const poolFor = ({ holdsOpen }: ApiRequest) => (holdsOpen ? heldOpen : ordinary);
  return {
    enter: (request, signal) => poolFor(request).gate.enter(signal),
    agentFor: (request, url) =>
      poolFor(request).agentFor(settings.proxy ? findProxy(url) : undefined),
  };
};
