import { describe, expect, it } from 'vitest';
import { createRequestWriter } from '../../src/duo/http-request.ts';
import { apiRequest } from '../../src/duo/request.ts';
import { signRequest } from '../../src/duo/sign-request.ts';
import { nodePrimitives } from '../../src/hosts/node/sign-request.ts';

const account = {
  hostname: 'api-12345678.duosecurity.com',
  ikey: 'DIABCDEFGHIJKLMNOPQR',
  skey: 'a key',
  useragent: 'test',
};
const date = new Date(Date.UTC(2026, 0, 2));
const request = apiRequest('check', 'GET');

const headersWith = (options: { sendDuoDate?: boolean; signatureVersion?: 2 | 5 }) =>
  createRequestWriter({ ...account, ...options }, nodePrimitives)(request, date.getTime()).headers;

describe('a date that is sent twice', () => {
  it('is sent once where no one asks for it', () => {
    expect(headersWith({})).not.toHaveProperty('X-Duo-Date');
  });

  it('leaves signature version 2 as it is', () => {
    const once = headersWith({});
    const twice = headersWith({ sendDuoDate: true });
    expect(twice).toEqual({ ...once, 'X-Duo-Date': once['Date'] });
  });

  it('is signed by version 5, which covers such headers', () => {
    const headers = headersWith({ sendDuoDate: true, signatureVersion: 5 });
    const { authorization } = signRequest(
      {
        ...account,
        method: 'GET',
        host: account.hostname,
        path: request.path,
        date: date.toUTCString(),
        headers: { 'X-Duo-Date': date.toUTCString() },
        version: 5,
      },
      nodePrimitives,
    );
    expect(headers['Authorization']).toBe(authorization);
  });
});
