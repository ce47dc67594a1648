import { expect, it } from 'vitest';
import { parseCredentials } from '../../../src/simulator/protocol/credentials.ts';

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
