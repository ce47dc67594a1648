import { expect, it } from 'vitest';
import {
  describeNetworkFailure,
  NetworkError,
  type NetworkErrorKind,
} from '../../../src/duo/errors/network-error.ts';

it.each<[NetworkErrorKind, string]>([
  ['dns', 'The host name api.example was not found.'],
  ['refused', 'api.example refused the connection.'],
  ['tls', 'api.example is not trusted: it has expired.'],
  ['proxy', 'The proxy did not connect to api.example: it has expired.'],
  ['timeout', 'api.example did not answer /ping within 2 s.'],
  ['reset', 'The connection to api.example broke off.'],
])('%s is described as "%s"', (kind, message) => {
  const to = { endpoint: 'ping', hostname: 'api.example', timeoutMs: 1999 } as const;
  expect(describeNetworkFailure(kind, to, 'it has expired')).toBe(message);
});

it('says that it is unknown whether the request left, unless a host knows', () => {
  const failed = (options?: { sent: 'no' }) =>
    new NetworkError('reset', 'auth', 'It broke off.', 'ECONNRESET', options).sent;
  expect(failed()).toBe('unknown');
  expect(failed({ sent: 'no' })).toBe('no');
});
