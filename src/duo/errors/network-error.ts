import type { Endpoint } from '../request.ts';
import { DuoError, type SentState } from './duo-error.ts';

/**
 * Why no response came.
 *
 * - `dns`: the host name has no address.
 * - `refused`: nothing listens there, or a firewall turned the connection away.
 * - `tls`: the connection is not trusted.
 * - `proxy`: the proxy could not be used, or refused to connect.
 * - `timeout`: no response within the time allowed.
 * - `reset`: the connection broke off.
 */
export type NetworkErrorKind = 'dns' | 'refused' | 'tls' | 'proxy' | 'timeout' | 'reset';

/** What is usually advised for each kind. */
export const networkAdvice: Readonly<Record<NetworkErrorKind, string>> = {
  dns: 'Check the API hostname, and that this machine resolves public names.',
  refused: 'Check the API hostname, and that the firewall lets this machine reach it on port 443.',
  tls: 'If a device on the way inspects TLS, add its certificate authority; "insecure" turns the check off and is not safe.',
  proxy: 'Check the proxy of this machine (HTTPS_PROXY, NO_PROXY), or clear the "proxy" setting.',
  timeout:
    'Check that the firewall lets this machine reach Duo on port 443, or raise the "timeout" setting.',
  reset: 'Try again; if it goes on, look for a firewall or proxy that cuts connections to Duo.',
};

/** What a host may know beyond the kind of a failure. */
export interface NetworkErrorOptions {
  /** `unknown` by default. */
  readonly sent?: SentState;
  /** Replaces what is usually advised for this kind. */
  readonly advice?: string | undefined;
}

/** No response came from Duo. */
export class NetworkError extends DuoError {
  override readonly name = 'NetworkError';
  readonly code = 'network';
  readonly kind: NetworkErrorKind;
  readonly endpoint: Endpoint;

  /** The system's own error code, such as `ECONNREFUSED` or `CERT_HAS_EXPIRED`. */
  readonly reason: string;

  declare readonly sent: SentState;

  /** @internal */
  constructor(
    kind: NetworkErrorKind,
    endpoint: Endpoint,
    message: string,
    reason: string,
    options: NetworkErrorOptions = {},
  ) {
    super(message, options.advice ?? networkAdvice[kind], options.sent ?? 'unknown');
    this.kind = kind;
    this.endpoint = endpoint;
    this.reason = reason;
  }

  protected details(): Record<string, unknown> {
    return { kind: this.kind, endpoint: this.endpoint, reason: this.reason };
  }
}

/** Where a request was on its way to, for the message. */
export interface Destination {
  readonly endpoint: Endpoint;
  readonly hostname: string;
  readonly timeoutMs: number;
}

/**
 * What happened, for a person.
 *
 * @param detail what the host knows beyond the kind, such as why a certificate is not trusted.
 */
export const describeNetworkFailure = (
  kind: NetworkErrorKind,
  { endpoint, hostname, timeoutMs }: Destination,
  detail: string,
): string => {
  switch (kind) {
    case 'dns':
      return `The host name ${hostname} was not found.`;
    case 'refused':
      return `${hostname} refused the connection.`;
    case 'tls':
      return `${hostname} is not trusted: ${detail}.`;
    case 'proxy':
      return `The proxy did not connect to ${hostname}: ${detail}.`;
    case 'timeout':
      return `${hostname} did not answer /${endpoint} within ${Math.round(timeoutMs / 1000)} s.`;
    case 'reset':
      return `The connection to ${hostname} broke off.`;
  }
};

/** What to know of an authentication whose end is not known. */
export const mayReachUserAdvice =
  'A push or a call may still reach the user, who can ignore or deny it.';

/** The caller's `AbortSignal` ended the call. */
export class CancelledError extends DuoError {
  override readonly name = 'CancelledError';
  readonly code = 'cancelled';

  /** True when an authentication was under way: a push or a call may still reach the user. */
  readonly mayReachUser: boolean;

  /**
   * @internal
   * @param endpoint the last request that Duo may have acted on.
   */
  constructor(endpoint: Endpoint | undefined) {
    const mayReachUser = endpoint === 'auth' || endpoint === 'auth_status';
    super('Cancelled.', mayReachUser ? mayReachUserAdvice : '');
    this.mayReachUser = mayReachUser;
  }

  protected details(): Record<string, unknown> {
    return { mayReachUser: this.mayReachUser };
  }
}
