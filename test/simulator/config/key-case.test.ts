import { expect, expectTypeOf, it } from 'vitest';
import { camelCaseKeys, snakeCaseKeys } from '../../../src/simulator/config/key-case.ts';

const written = { long_poll_seconds: 5, users: [{ bypass_codes: ['new_users'], answer: null }] };
const typed = { longPollSeconds: 5, users: [{ bypassCodes: ['new_users'], answer: null }] };

it('renames the keys at every depth, and no value', () => {
  expect(camelCaseKeys(written)).toEqual(typed);
  expect(snakeCaseKeys(typed)).toEqual(written);
});

it('leaves keys that have the form already', () => {
  expect(camelCaseKeys(typed)).toEqual(typed);
  expect(snakeCaseKeys(written)).toEqual(written);
});

it('types the renamed keys', () => {
  expectTypeOf(camelCaseKeys(written)).toEqualTypeOf<{
    longPollSeconds: number;
    users: { bypassCodes: string[]; answer: null }[];
  }>();
});
