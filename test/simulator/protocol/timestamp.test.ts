import { expect, it } from 'vitest';
import { parseTimestamp } from '../../../src/simulator/protocol/timestamp.ts';

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
