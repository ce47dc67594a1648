import { describe, expect, it } from 'vitest';
import { nodePrimitives, signRequest } from '../../../src/hosts/node/sign-request.ts';

describe("Node's primitives", () => {
  const text = 'what do ya want for nothing?';

  // RFC 4231, test case 2, and RFC 2202, test case 2.
  it.each([
    [
      'sha512',
      '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
    ],
    ['sha1', 'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79'],
  ] as const)('give the HMAC of %s, again and again', (algorithm, expected) => {
    const hmac = nodePrimitives.createHmac(algorithm, 'Jefe');
    expect([hmac(text), hmac(text)]).toEqual([expected, expected]);
  });

  // FIPS 180-4, the example of one block.
  it('give the SHA-512 of a text', () => {
    expect(nodePrimitives.sha512('abc')).toBe(
      'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
    );
  });

  it('read text as UTF-8', () => {
    expect(nodePrimitives.base64('ü')).toBe('w7w=');
    expect(nodePrimitives.createHmac('sha1', 'ü')('ü')).not.toBe(
      nodePrimitives.createHmac('sha1', 'u')('u'),
    );
  });
});

it.each(['sha512', 'sha1'] as const)(
  'one signature is the HMAC of its canonical text: %s',
  (algorithm) => {
    const { canonical, signature, authorization } = signRequest({
      ikey: 'DIXXXXXXXXXXXXXXXXXX',
      skey: 'Zh5eGmUq9zpfQnyUIu5OL9iWoMMv5ZNmk3zLJ4Ep',
      method: 'GET',
      host: 'api-XXXXXXXX.duosecurity.com',
      path: '/auth/v2/check',
      date: 'Tue, 21 Aug 2012 17:29:18 -0000',
      algorithm,
    });
    expect(canonical).toBe(
      'Tue, 21 Aug 2012 17:29:18 -0000\nGET\napi-xxxxxxxx.duosecurity.com\n/auth/v2/check\n',
    );
    const hmac = nodePrimitives.createHmac(algorithm, 'Zh5eGmUq9zpfQnyUIu5OL9iWoMMv5ZNmk3zLJ4Ep');
    expect(signature).toBe(hmac(canonical));
    expect(authorization).toBe(
      `Basic ${nodePrimitives.base64(`DIXXXXXXXXXXXXXXXXXX:${signature}`)}`,
    );
  },
);
