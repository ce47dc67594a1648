import { expect, it } from 'vitest';
import { apiRequest } from '../../src/duo/request.ts';

it('leaves out parameters that are not given, and keeps empty ones', () => {
  expect(apiRequest('preauth', 'POST', { username: '', ipaddr: undefined })).toEqual({
    endpoint: 'preauth',
    method: 'POST',
    path: '/auth/v2/preauth',
    params: { username: '' },
    signed: true,
    holdsOpen: false,
  });
});
