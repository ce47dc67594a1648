import type { Endpoint } from '../request.ts';
import type { NetworkErrorKind } from './network-error.ts';

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
