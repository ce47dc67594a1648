import { describe, expect, it } from 'vitest';
import { toNetworkError } from '../../../src/hosts/xsoar/network-failure.ts';

const to = {
  endpoint: 'auth_status',
  hostname: 'api-12345678.duosecurity.com',
  timeoutMs: 75_000,
} as const;

const address = 'Get "https://api-12345678.duosecurity.com/auth/v2/auth_status?txid=12-34": ';

describe('toNetworkError', () => {
  it.each([
    ['dial tcp: lookup api-12345678.duosecurity.com: no such host', 'dns'],
    ['dial tcp 192.0.2.1:443: connect: connection refused', 'refused'],
    ['dial tcp 192.0.2.1:443: connect: no route to host', 'refused'],
    ['dial tcp: connect: network is unreachable', 'refused'],
    ['x509: certificate signed by unknown authority', 'tls'],
    ['remote error: tls: handshake failure', 'tls'],
    ['proxyconnect tcp: dial tcp 192.0.2.9:3128: connect: connection refused', 'proxy'],
    ['timeout', 'timeout'],
    ['context deadline exceeded (Client.Timeout exceeded while awaiting headers)', 'timeout'],
    ['dial tcp 192.0.2.1:443: i/o timeout', 'timeout'],
    ['EOF', 'reset'],
    ['', 'reset'],
  ])('reads %j as %s', (words, kind) => {
    expect(toNetworkError(words, to)).toMatchObject({ kind, endpoint: 'auth_status' });
  });

  it('keeps why a certificate is not trusted', () => {
    expect(toNetworkError(`${address}x509: certificate has expired`, to).message).toBe(
      'api-12345678.duosecurity.com is not trusted: Get x509: certificate has expired.',
    );
  });

  it('does not repeat the address, which holds the transaction', () => {
    const error = toNetworkError(`${address}EOF`, to);
    expect(JSON.stringify(error)).not.toContain('12-34');
    expect(error.reason).toBe('Get EOF');
  });

  it('is not misled by a host that is named after a proxy', () => {
    const words = 'Get "https://proxy.example/auth/v2/check": EOF';
    expect(toNetworkError(words, to).kind).toBe('reset');
  });

  it('shortens what goes on for pages', () => {
    expect(toNetworkError('x'.repeat(5000), to).reason).toHaveLength(200);
  });

  it('says so when the server gives no reason', () => {
    expect(toNetworkError('', to).reason).toBe('no reason given');
  });
});
