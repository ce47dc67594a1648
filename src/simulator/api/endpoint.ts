import { isIP } from 'node:net';
import type { IntegrationConfig } from '../core/configuration.ts';
import { simpleName, type User } from '../core/directory.ts';
import { ProtocolError } from '../core/error-codes.ts';
import type { EndpointName } from '../core/fault.ts';
import { randomLetters } from '../core/ids.ts';
import type { SimulatorState } from '../core/state.ts';
import type { Transaction } from '../core/transaction.ts';
import type { Parameters } from './request.ts';
import type { Outcome } from './response.ts';

/** The context of every endpoint. */
interface OpenContext {
  readonly state: SimulatorState;
  /** The time by the service's own clock, in seconds since 1970. */
  readonly serverTimeSeconds: number;
}

/** The context of an endpoint whose request is signed. */
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

/**
 * The name that a username is matched by. With normalization `simple` it loses domain and suffix,
 * unless a user or alias has exactly this name.
 */
export const matchedName = (
  { state, integration }: Pick<SignedContext, 'state' | 'integration'>,
  username: string,
): string =>
  integration.usernameNormalization === 'none' || state.directory.userByName(username)
    ? username
    : simpleName(username);

/** The user that a request names; `user` is absent for an unknown username. */
export interface SelectedUser {
  readonly username: string;
  readonly user: User | undefined;
}

/**
 * Reads `username` or `user_id`, of which there must be one.
 *
 * @throws ProtocolError 40001 for none, 40002 for both or an unknown id.
 */
export const selectUser = (context: SignedContext): SelectedUser => {
  const { state, params } = context;
  const sent = params.get('username');
  const username = sent && matchedName(context, sent);
  const userId = params.get('user_id');
  if (username !== undefined && userId !== undefined) {
    throw new ProtocolError(40002, 'user_id');
  }
  if (username !== undefined) {
    return { username, user: state.directory.userByName(username) };
  }
  if (userId === undefined) {
    throw new ProtocolError(40001, 'username');
  }
  const user = state.directory.userById(userId);
  if (!user) {
    throw new ProtocolError(40002, 'user_id');
  }
  return { username: user.username, user };
};

/** Reads `ipaddr`. An invalid address is ignored unless `strictIpAddress` is set. */
export const readIpAddress = ({ state, params }: SignedContext): string | undefined => {
  const text = params.get('ipaddr');
  if (text === undefined || isIP(text) !== 0) {
    return text;
  }
  if (state.settings.strictIpAddress) {
    throw new ProtocolError(40002, 'ipaddr');
  }
  return undefined;
};

const portalCodeLength = 16;

/** Creates an enrollment link, valid once and for `portalExpiresInSeconds`. */
export const createPortalUrl = ({ state }: SignedContext, username: string): string => {
  const code = randomLetters(portalCodeLength).toLowerCase();
  const expiresAtMs = state.now() + state.settings.portalExpiresInSeconds * 1000;
  state.portals.set(code, { username }, expiresAtMs);
  return `https://${state.authority}/portal?code=${code}&akey=DASIMULATOR000000000`;
};

/**
 * Finds a transaction of this integration.
 *
 * @throws ProtocolError 40002 for a transaction that is unknown, expired or of another integration.
 */
export const findTransaction = (
  { state, integration }: SignedContext,
  txid: string,
): Transaction => {
  const transaction = state.transactions.get(txid);
  if (!transaction || transaction.start.ikey !== integration.ikey) {
    throw new ProtocolError(40002, 'txid');
  }
  const { endedAtMs } = transaction;
  const readableMs = state.settings.finalStateReadableSeconds * 1000;
  if (endedAtMs !== undefined && endedAtMs + readableMs <= state.now()) {
    throw new ProtocolError(40002, 'txid');
  }
  return transaction;
};
