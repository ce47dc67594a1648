import type { SimulatorState } from '../state.ts';
import { parseForm } from './percent.ts';
import type { WireRequest } from './request.ts';

/** What the log will say of a request besides its answer. Filled in as it becomes known. */
export interface Trace {
  /** Only that of a known integration: the rest is whatever a client cares to send. */
  ikey: string | undefined;
  username: string | undefined;
  signature: string | undefined;
  faults: readonly string[];
}

const longestName = 64;

function namedIn(request: WireRequest, name: string): string | undefined {
  const text = request.body.toString('utf8');
  if (!request.headers['content-type']?.toLowerCase().startsWith('application/json')) {
    return parseForm(text || request.query)?.find(([key]) => key === name)?.[1];
  }
  try {
    const value: unknown = JSON.parse(text)?.[name];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The user that a request names, believed or not: for the log and for faults, never for a decision. */
export function claimedUsername(state: SimulatorState, request: WireRequest): string | undefined {
  const userId = namedIn(request, 'user_id');
  const txid = namedIn(request, 'txid');
  const owner = userId ?? (txid && state.transactions.get(txid)?.start.userId);
  const name =
    namedIn(request, 'username') ??
    namedIn(request, 'user') ??
    (owner ? state.directory.userById(owner)?.username : undefined);
  return name?.replaceAll(/\p{Cc}/gu, '?').slice(0, longestName);
}
