import { describe, expect, it } from 'vitest';
import { callHttp } from '../../../src/hosts/xsoar/call-http.ts';
import { fakeServer } from '../../../testing/fake-server.ts';

const get = {
  method: 'GET',
  url: 'https://host/path',
  headers: { A: '1' },
  body: undefined,
} as const;
const post = { ...get, method: 'POST', body: 'a=1' } as const;
const connection = { insecure: true, proxy: false, timeoutMs: 1500 };

const outcomeOf = (response: unknown) => callHttp(fakeServer({}, [response]).http, get, connection);

describe('callHttp', () => {
  it('passes headers as lists, and the connection in its places', () => {
    const server = fakeServer({}, [{ StatusCode: 200, Body: '' }]);
    callHttp(server.http, get, connection);
    expect(server.calls).toEqual([
      {
        url: 'https://host/path',
        request: { Method: 'GET', Headers: { A: ['1'] } },
        insecure: true,
        proxy: false,
        timeoutMs: 1500,
      },
    ]);
  });

  it('passes a body where there is one', () => {
    const server = fakeServer({}, [{ StatusCode: 200, Body: '' }]);
    callHttp(server.http, post, connection);
    expect(server.calls[0]?.request).toMatchObject({ Method: 'POST', Body: 'a=1' });
  });

  it.each([
    ['a list', { 'Content-Type': ['text/html'] }, 'text/html'],
    ['a text', { 'Content-Type': 'text/html' }, 'text/html'],
    ['another case', { 'content-type': ['text/html'] }, 'text/html'],
    ['no such header', { Server: ['x'] }, ''],
    ['no headers', undefined, ''],
  ])('reads the content type from %s', (_name, Headers, contentType) => {
    expect(outcomeOf({ StatusCode: 404, Headers, Body: 'x' })).toEqual({
      status: 404,
      contentType,
      body: 'x',
    });
  });

  it('takes a reply without a body for an empty one', () => {
    expect(outcomeOf({ StatusCode: 204 })).toMatchObject({ status: 204, body: '' });
  });

  it.each([
    ['a status of -1', { StatusCode: -1, Status: 'timeout' }, 'timeout'],
    ['a status of 0', { StatusCode: 0, Status: '' }, ''],
    ['a status that is no number', { StatusCode: '200', Status: 'odd' }, 'odd'],
    ['nothing', undefined, 'the server gave no reply'],
    [
      'an error thrown',
      () => {
        throw new Error('no such host');
      },
      'no such host',
    ],
    [
      'a text thrown',
      () => {
        throw 'connection refused';
      },
      'connection refused',
    ],
    [
      'anything else thrown',
      () => {
        throw 42;
      },
      '',
    ],
  ])('takes %s for a failure', (_name, response, failure) => {
    expect(outcomeOf(response)).toEqual({ failure });
  });
});
