import { expect, it } from 'vitest';
import { createRangeCheck } from '../../../src/login/server/addresses.ts';

const isTrusted = createRangeCheck(['127.0.0.1', '10.0.0.0/8', '2001:db8::/32']);

it.each(['127.0.0.1', '10.1.2.3', '::ffff:10.1.2.3', '2001:db8::1'])('%s is trusted', (address) => {
  expect(isTrusted(address)).toBe(true);
});

it.each(['127.0.0.2', '11.0.0.1', '2001:db9::1', '::ffff:11.0.0.1', '', 'unknown', '10.0.0.1, x'])(
  '%j is not',
  (address) => {
    expect(isTrusted(address)).toBe(false);
  },
);
