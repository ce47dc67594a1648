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

const parseJson = (text: string): [string, unknown][] => {
  try {
    return Object.entries(JSON.parse(text) ?? {});
  } catch {
    return [];
  }
};

/** The parameters as they stand there, signed or not. */
const claims = (request: WireRequest): ReadonlyMap<string, unknown> => {
  const isJson = request.headers['content-type']?.toLowerCase().startsWith('application/json');
  const text = request.body.toString('utf8') || request.query;
  return new Map<string, unknown>(isJson ? parseJson(text) : parseForm(text));
};

const asText = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** The user that a request names, believed or not: for the log and for faults, never for a decision. */
export const claimedUsername = (
  state: SimulatorState,
  request: WireRequest,
): string | undefined => {
  if (request.body.length === 0 && request.query === '') {
    return undefined;
  }
  const claimed = claims(request);
  const named = asText(claimed.get('username')) ?? asText(claimed.get('user'));
  const txid = asText(claimed.get('txid'));
  const ownerId =
    asText(claimed.get('user_id')) ?? (txid && state.transactions.get(txid)?.start.userId);
  const name = named ?? (ownerId ? state.directory.userById(ownerId)?.username : undefined);
  return name?.replaceAll(/\p{Cc}/gu, '?').slice(0, longestName);
};
