import { describe, expect, it } from 'vitest';
import {
  enrollRequest,
  enrollStatusRequest,
  parseEnrollResponse,
  parseEnrollStatusResponse,
} from '../../../src/duo/endpoints/enroll.ts';
import { InvalidResponseError } from '../../../src/duo/errors/response-errors.ts';
import { caught } from '../../../testing/caught.ts';
import { okResponse } from '../../../testing/responses.ts';

describe('enroll', () => {
  it('is a POST, with or without parameters', () => {
    expect(enrollRequest()).toMatchObject({ endpoint: 'enroll', method: 'POST', params: {} });
    const { params } = enrollRequest({ username: 'n', validSeconds: 60, bypassCodes: 2 });
    expect(params).toEqual({ username: 'n', valid_secs: '60', bypass_codes: '2' });
  });

  const wire = {
    user_id: 'DU1',
    username: 'new',
    activation_barcode: 'https://api.example/frame/qr?value=x',
    activation_code: 'duo://abc',
    expiration: 1_697_905_640,
  };

  it.each([
    ['absent', wire],
    ['null', { ...wire, activation_url: null, bypass_codes: null }],
    ['empty', { ...wire, activation_url: '', bypass_codes: [] }],
  ])('reads an account whose newer and older keys are %s', (_what, response) => {
    expect(parseEnrollResponse(okResponse(response))).toEqual({
      userId: 'DU1',
      username: 'new',
      activationBarcode: 'https://api.example/frame/qr?value=x',
      activationCode: 'duo://abc',
      activationUrl: undefined,
      bypassCodes: [],
      expiration: new Date(1_697_905_640_000),
      raw: { stat: 'OK', response },
    });
  });

  it('reads all keys', () => {
    const all = { ...wire, activation_url: 'https://m.example/a', bypass_codes: [12345, '67890'] };
    expect(parseEnrollResponse(okResponse(all))).toMatchObject({
      activationUrl: 'https://m.example/a',
      bypassCodes: ['12345', '67890'],
    });
  });

  it.each([1e15, -1])('refuses an expiration of %d, which is no date', (expiration) => {
    const error = caught(() => parseEnrollResponse(okResponse({ ...wire, expiration })));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toHaveProperty('endpoint', 'enroll');
  });
});

describe('enroll_status', () => {
  it('is a POST of the user and the code', () => {
    const request = enrollStatusRequest({ userId: 'DU1', activationCode: 'duo://c' });
    expect(request).toMatchObject({
      endpoint: 'enroll_status',
      method: 'POST',
      params: { user_id: 'DU1', activation_code: 'duo://c' },
    });
  });

  it.each(['success', 'waiting', 'invalid'] as const)('reads %s', (result) => {
    expect(parseEnrollStatusResponse(okResponse(result)).result).toBe(result);
  });

  it('refuses anything else', () => {
    const error = caught(() => parseEnrollStatusResponse(okResponse('done')));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toHaveProperty('endpoint', 'enroll_status');
  });
});
