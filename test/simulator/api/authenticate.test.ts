import { describe, expect, it } from 'vitest';
import { parseCredentials, parseTimestamp } from '../../../src/simulator/api/authenticate.ts';

describe('parseCredentials', () => {
  const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

  it('reads key and signature, the signature in lower case', () => {
    expect(parseCredentials(basic('DIKEY:ABCDEF'))).toEqual({ ikey: 'DIKEY', signature: 'abcdef' });
  });

  it.each([
    ['nothing', undefined],
    ['an empty header', ''],
    ['another scheme', 'Bearer abc'],
    ['no Base64', 'Basic ***'],
    ['no colon', basic('DIKEY')],
    ['no key', basic(':abc')],
  ])('refuses %s', (_what, header) => {
    expect(parseCredentials(header)).toBeUndefined();
  });
});

describe('parseTimestamp', () => {
  const moment = Date.UTC(2012, 7, 21, 17, 29, 18);

  it.each([
    'Tue, 21 Aug 2012 17:29:18 -0000',
    'Tue, 21 Aug 2012 17:29:18 GMT',
    'Tue, 21 Aug 2012 17:29:18 UT',
    'Tue, 21 Aug 2012 17:29:18 +0000',
    'Tue, 21 Aug 2012 19:29:18 +0200',
    '21 Aug 2012 12:29:18 -0500',
  ])('reads %s', (text) => {
    expect(parseTimestamp(text)).toBe(moment);
  });

  it.each([
    '',
    'now',
    '2012-08-21T17:29:18Z',
    '1345570158',
    'Di, 21 Aug 2012 17:29:18 GMT',
    'Tue, 21 August 2012 17:29:18 GMT',
    'Tue, 21 Aug 2012 17:29:18',
    'Tue, 99 Aug 2012 17:29:18 GMT',
  ])('refuses %j', (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });
});
