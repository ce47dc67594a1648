import { expect, it } from 'vitest';
import { signRequest } from '../../src/hosts/node/sign-request.ts';

const input = {
  ikey: 'DIWJ8X6AEYOR5OMC6TQ1',
  skey: 'Zh5eGmUq9zpfQnyUIu5OL9iWoMMv5ZNmk3zLJ4Ep',
  method: 'GET',
  host: 'api-xxxxxxxx.duosecurity.com',
  path: '/auth/v2/check',
  date: 'Tue, 21 Aug 2012 17:29:18 -0000',
};

it('signs with version 2 and SHA-512 unless set otherwise', () => {
  expect(signRequest(input)).toEqual(signRequest({ ...input, version: 2, algorithm: 'sha512' }));
  expect(signRequest(input).signature).toHaveLength(128);
});

it('refuses SHA-1 with version 5, which Duo does not know', () => {
  expect(() => signRequest({ ...input, version: 5, algorithm: 'sha1' })).toThrow(
    new TypeError('algorithm: signature version 5 takes sha512 only'),
  );
});
