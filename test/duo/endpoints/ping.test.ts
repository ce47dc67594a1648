import { describe, expect, it } from 'vitest';
import {
  checkRequest,
  parseCheckResponse,
  parsePingResponse,
  pingRequest,
} from '../../../src/duo/endpoints/ping.ts';
import { InvalidResponseError } from '../../../src/duo/errors/response-errors.ts';
import { caught } from '../../../testing/caught.ts';
import { okResponse } from '../../../testing/responses.ts';

it.each([
  ['ping', pingRequest, false],
  ['check', checkRequest, true],
])('%s is a GET without parameters', (endpoint, create, signed) => {
  const path = `/auth/v2/${endpoint}`;
  expect(create()).toEqual({ endpoint, method: 'GET', path, params: {}, signed, holdsOpen: false });
});

describe.each([
  ['ping', parsePingResponse],
  ['check', parseCheckResponse],
])('the response to %s', (endpoint, parse) => {
  it("holds Duo's time", () => {
    const { time, raw } = parse(okResponse({ time: 1_357_020_061 }));
    expect(time.toISOString()).toBe('2013-01-01T06:01:01.000Z');
    expect(raw).toEqual({ stat: 'OK', response: { time: 1_357_020_061 } });
  });

  it.each([-1, 1.5, 253_402_300_800, 8_700_000_000_000, '1357020061', null, undefined])(
    'is invalid when the time is %s',
    (time) => {
      const error = caught(() => parse(okResponse({ time })));
      expect(error).toBeInstanceOf(InvalidResponseError);
      expect(error).toHaveProperty('endpoint', endpoint);
    },
  );
});
