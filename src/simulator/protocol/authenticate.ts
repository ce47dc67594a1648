import type { IntegrationConfig } from '../config/types.ts';
import type { SimulatorState } from '../state.ts';
import { readBody } from './body.ts';
import { parseCredentials } from './credentials.ts';
import { ProtocolError } from './error-codes.ts';
import { Parameters } from './parameters.ts';
import type { WireRequest } from './request.ts';
import { isLegacyPath, matchSignature } from './signature.ts';
import { signedHosts } from './signed-hosts.ts';
import { parseTimestamp } from './timestamp.ts';
import type { Trace } from './trace.ts';

/** Whose request it is, and what it vouches for. */
export interface Authenticated {
  readonly integration: IntegrationConfig;
  readonly params: Parameters;
}

const checkTimestamp = (
  state: SimulatorState,
  request: WireRequest,
  serverNowMs: number,
): string | undefined => {
  const date = request.headers['x-duo-date'] ?? request.headers.date;
  if (date === undefined && isLegacyPath(request.path)) {
    return undefined;
  }
  if (date === undefined) {
    throw new ProtocolError(40104);
  }
  const timeMs = parseTimestamp(date);
  const skewMs = state.settings.clockSkewSeconds * 1000;
  if (timeMs === undefined || Math.abs(timeMs - serverNowMs) > skewMs) {
    throw new ProtocolError(40105);
  }
  return date;
};

const checkRate = (state: SimulatorState, ikey: string): void => {
  const { requestsPerMinute, retryAfterHeader } = state.settings;
  const waitSeconds = state.rates.count(`ikey:${ikey}`, requestsPerMinute, state.now());
  if (waitSeconds === undefined) {
    return;
  }
  throw new ProtocolError(42901, undefined, { [retryAfterHeader]: String(waitSeconds) });
};

const checkAccess = ({ type, enabled }: IntegrationConfig): void => {
  if (type !== 'auth') {
    throw new ProtocolError(40301, 'Wrong integration type for this API.');
  }
  if (!enabled) {
    throw new ProtocolError(40301);
  }
};

/**
 * Checks a signed request in the service's order: content type, credentials, integration key,
 * date, signature, kind of integration, rate.
 *
 * @throws ProtocolError at the first that fails.
 */
export const authenticate = (
  state: SimulatorState,
  request: WireRequest,
  serverNowMs: number,
  trace: Trace,
): Authenticated => {
  const body = readBody(request);
  const credentials = parseCredentials(request.headers.authorization);
  if (!credentials) {
    throw new ProtocolError(40101);
  }
  const integration = state.directory.integration(credentials.ikey);
  if (!integration) {
    throw new ProtocolError(40102);
  }
  trace.ikey = integration.ikey;
  const date = checkTimestamp(state, request, serverNowMs);
  const match = matchSignature(
    {
      request,
      body,
      date,
      hosts: signedHosts(request.headers.host, state.settings.hostAliases),
      skey: integration.skey,
      accepted: state.settings.acceptedSignatures,
      allowUnsignedDuoDate: state.settings.allowUnsignedDuoDate,
    },
    credentials.signature,
  );
  if (!match) {
    throw new ProtocolError(40103);
  }
  trace.signature = match.scheme;
  checkAccess(integration);
  checkRate(state, integration.ikey);
  if (body.kind !== 'none' && body.pairs === undefined) {
    throw new ProtocolError(40002, 'body');
  }
  return { integration, params: new Parameters(match.params) };
};
