import type { IntegrationConfig } from '../core/configuration.ts';
import { ProtocolError } from '../core/error-codes.ts';
import type { WireRequest } from '../core/exchange.ts';
import type { Trace } from '../core/request-log.ts';
import type { SimulatorState } from '../core/state.ts';
import { Parameters, readBody } from './request.ts';
import { isRestV1Path, matchSignature, signedHosts } from './signature.ts';

/** The integration key, and the signature in lower-case hex. */
export interface Credentials {
  readonly ikey: string;
  readonly signature: string;
}

/** Reads HTTP Basic credentials; `undefined` when they are absent or ill-formed. */
export const parseCredentials = (header: string | undefined): Credentials | undefined => {
  const encoded = /^Basic +([A-Za-z0-9+/]+={0,2}) *$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) {
    return undefined;
  }
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) {
    return undefined;
  }
  return { ikey: text.slice(0, colon), signature: text.slice(colon + 1).toLowerCase() };
};

const rfc2822 =
  /^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), +)?\d{1,2} +(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\d{4} +\d{2}:\d{2}:\d{2} +(?:[+-]\d{4}|GMT|UTC?|Z)$/;

/**
 * Reads the date of a request: RFC 2822, in English, with any time zone.
 *
 * @returns milliseconds since 1970, or `undefined` for any other text.
 */
export const parseTimestamp = (text: string): number | undefined => {
  const trimmed = text.trim();
  if (!rfc2822.test(trimmed)) {
    return undefined;
  }
  const timeMs = Date.parse(trimmed.replace(/UT$/, 'UTC'));
  return Number.isNaN(timeMs) ? undefined : timeMs;
};

/** The integration that signed a request, and the signed parameters. */
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
  if (date === undefined && isRestV1Path(request.path)) {
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

/**
 * Counts an event against a limit per minute; 0 is no limit.
 *
 * @throws ProtocolError 42901 with the seconds to wait, when the limit is exceeded.
 */
export const limitRate = (state: SimulatorState, key: string, perMinute: number): void => {
  const waitSeconds = state.rates.count(key, perMinute, state.now());
  if (waitSeconds !== undefined) {
    const headers = { [state.settings.retryAfterHeader]: String(waitSeconds) };
    throw new ProtocolError(42901, undefined, headers);
  }
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
 * Authenticates a request in Duo's order: content type, credentials, integration key, date,
 * signature, kind of integration, rate.
 *
 * @throws ProtocolError at the first check that fails.
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
  limitRate(state, `ikey:${integration.ikey}`, state.settings.requestsPerMinute);
  if (body.kind !== 'none' && body.pairs === undefined) {
    throw new ProtocolError(40002, 'body');
  }
  return { integration, params: new Parameters(match.params) };
};
