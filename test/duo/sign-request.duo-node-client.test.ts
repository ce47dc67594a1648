import { sign, signV5 } from '@duosecurity/duo_api/lib/duo_sig.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signRequest } from '../../src/hosts/node/sign-request.ts';

const letters = (alphabet: string, length: number) =>
  fc
    .array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length })
    .map((list) => list.join(''));

const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

// Names are those of an API, values are anything a person could type.
const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,12}$/);
const value = fc.string({ unit: 'grapheme' });

const requests = fc.record({
  ikey: letters(capitals, 18).map((rest) => `DI${rest}`),
  skey: letters(`${capitals}abcdefghijklmnopqrstuvwxyz`, 40),
  host: fc.domain(),
  path: fc.constantFrom('/auth/v2/preauth', '/auth/v2/auth', '/auth/v2/auth_status'),
  params: fc.dictionary(name, value, { maxKeys: 8 }),
  date: fc
    .date({ min: new Date(0), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true })
    .map((date) => date.toUTCString()),
});

const runs = { seed: 20_120_821, numRuns: 1000 };

describe("Duo's own Node client signs alike", () => {
  it('in version 2', () => {
    fc.assert(
      fc.property(requests, fc.constantFrom('GET', 'POST'), (request, method) => {
        const { ikey, skey, host, path, params, date } = request;
        expect(signRequest({ ...request, method }).authorization).toBe(
          sign(ikey, skey, method, host, path, params, date),
        );
      }),
      runs,
    );
  });

  it('in version 5, parameters in the body', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const { ikey, skey, host, path, params, date } = request;
        const body = JSON.stringify(params);
        expect(
          signRequest({ ...request, params: {}, method: 'POST', body, version: 5 }).authorization,
        ).toBe(signV5(ikey, skey, 'POST', host, path, {}, date, body));
      }),
      runs,
    );
  });

  it('in version 5, parameters in the query', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const { ikey, skey, host, path, params, date } = request;
        expect(signRequest({ ...request, method: 'GET', version: 5 }).authorization).toBe(
          signV5(ikey, skey, 'GET', host, path, params, date, ''),
        );
      }),
      runs,
    );
  });
});
