import { describe, expect, it } from 'vitest';
import { logoRequest, parseLogoResponse } from '../../../src/duo/endpoints/logo.ts';
import { InvalidResponseError } from '../../../src/duo/errors/response-errors.ts';
import { caught } from '../../../testing/caught.ts';
import { failResponse, okResponse, responseWith } from '../../../testing/responses.ts';

it('is a signed GET', () => {
  expect(logoRequest()).toMatchObject({ method: 'GET', path: '/auth/v2/logo', signed: true });
});

describe('the response', () => {
  const png = new Uint8Array([0x89, 0x50]);

  it('is a picture', () => {
    const response = responseWith('', { contentType: 'image/png', bytes: png });
    expect(parseLogoResponse(response)).toEqual({ contentType: 'image/png', png });
  });

  it("is Duo's failure", () => {
    expect(() => parseLogoResponse(failResponse(40401, 'Resource not found'))).toThrow(/40401/);
  });

  it.each([
    ['a picture in a host without bytes', responseWith('', { contentType: 'image/png' })],
    ['JSON that is a success', okResponse({})],
    ['JSON in bytes', { ...okResponse({}), bytes: png }],
    [
      'a picture under another status',
      responseWith('', { status: 500, contentType: 'image/png', bytes: png }),
    ],
  ])('is invalid: %s', (_what, response) => {
    const error = caught(() => parseLogoResponse(response));
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toHaveProperty('endpoint', 'logo');
  });

  it('needs a host that gives bytes', () => {
    const response = responseWith('', { contentType: 'image/png' });
    expect(caught(() => parseLogoResponse(response))).toMatchObject({
      httpStatus: 200,
      reason: 'this host gives no bytes',
      advice: expect.stringContaining('update xsoar-duo'),
    });
  });
});
