import { describe, expect, it } from 'vitest';
import { NetworkError } from '../../../src/duo/errors/network-error.ts';
import { DuoApiError, InvalidResponseError } from '../../../src/duo/errors/response-errors.ts';
import type { DuoClient } from '../../../src/hosts/node/duo-client.ts';
import {
  classifyFailure,
  createDuo,
  isNotSent,
  QueueFullError,
} from '../../../src/login/engine/duo.ts';

const refused = (duoCode: number, httpStatus = Math.floor(duoCode / 100)) =>
  new DuoApiError({
    duoCode,
    duoMessage: 'No',
    duoDetail: undefined,
    httpStatus,
    endpoint: 'preauth',
  });
const network = (kind: NetworkError['kind'], reason: string, sent: 'no' | 'unknown' = 'unknown') =>
  new NetworkError(kind, 'preauth', 'No answer.', reason, { sent });

const invalid = (httpStatus: number) =>
  new InvalidResponseError({ endpoint: 'preauth', httpStatus, reason: 'not JSON' });

describe('classifyFailure', () => {
  it.each([
    ['no answer', network('timeout', 'ETIMEDOUT'), true, 'timeout'],
    ['no connection', network('refused', 'ECONNREFUSED', 'no'), true, 'refused'],
    ['no address', network('dns', 'ENOTFOUND', 'no'), true, 'dns'],
    ['a proxy that is away', network('proxy', 'ECONNREFUSED', 'no'), true, 'proxy'],
    ['a service that is not there, in JSON', refused(50_301), true, '50301'],
    ['a service that is not there', invalid(503), true, 'http 503'],
    ['a load balancer that got no answer', invalid(504), true, 'http 504'],
    ['a web page of a load balancer', invalid(502), true, 'http 502'],
    ['a request that Duo fails over', refused(50_001), false, '50001'],
    ['a page that Duo fails over', invalid(500), false, 'http 500'],
    ['a proxy that refuses', network('proxy', 'HTTP_407', 'no'), false, 'proxy'],
    ['a certificate', network('tls', 'CERT_HAS_EXPIRED', 'no'), false, 'tls'],
    ['a request to come back later', refused(42_901), false, '42901'],
    ['our own queue', new QueueFullError('Too many'), false, 'queue'],
    ['wrong keys', refused(40_103), false, '40103'],
    ['a forbidden application', refused(40_301), false, '40301'],
    ['nonsense', invalid(200), false, 'http 200'],
    ['a fault of ours', new Error('secret'), false, 'internal'],
  ])('%s', (_what, error, outage, reason) => {
    expect(classifyFailure(error)).toMatchObject({ outage, reason });
  });
});

describe('isNotSent', () => {
  it.each([
    ['a refusal', refused(40_002), true],
    ['a connection that was refused', network('refused', 'ECONNREFUSED', 'no'), true],
    ['no answer', network('timeout', 'ETIMEDOUT'), false],
    ['a fault of ours', new Error('x'), false],
  ])('%s', (_what, error, expected) => {
    expect(isNotSent(error)).toBe(expected);
  });
});

describe('createDuo', () => {
  it('sends no more preauths at once than the client does', async () => {
    let running = 0;
    let most = 0;
    const client = {
      preauth: async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 1));
        running -= 1;
        return { result: 'deny' };
      },
    } as unknown as DuoClient;
    const duo = createDuo(client, 'Test');
    const who = { username: 'alice', address: '192.0.2.1' };
    await Promise.all(Array.from({ length: 200 }, () => duo.preauth(who)));
    expect(most).toBeGreaterThan(1);
    // The client has 64 places; waiting for one of them looks like a Duo that does not answer.
    expect(most).toBeLessThan(64);
  });

  it('takes a deadline without an answer for a deny', async () => {
    const client = {
      followTransaction: async () => ({ result: 'waiting', status: 'pushed' }),
    } as unknown as DuoClient;
    const options = { deadlineSeconds: 1, signal: AbortSignal.abort(), onStatus: () => undefined };
    expect(await createDuo(client, 'Test').follow('tx', options)).toEqual({
      result: 'deny',
      status: 'timeout',
    });
  });
});
