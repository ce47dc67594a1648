import { describe, expect, it } from 'vitest';
import { sameButForChance } from '../../../scripts/reference/same-but-for-chance.ts';

describe('sameButForChance', () => {
  it.each([
    [
      '"TxID": "3b0aee37-51b5-4d09-aae0-693aee80b54b"',
      '"TxID": "320f7746-ea16-427a-8b1a-d525e65a60ef"',
    ],
    [
      '3b0aee37\\-51b5\\-4d09\\-aae0\\-693aee80b54b',
      '320f7746\\-ea16\\-427a\\-8b1a\\-d525e65a60ef',
    ],
    ['DUSYAD8GJKSU546GS4XI', 'DUABCDEFGHIJKLMNOPQR'],
    ['value=duo%3A%2F%2FTIBIREYCKP616SSJR01X-bG9j', 'value=duo%3A%2F%2F6VRZ8S09SDBVICBESW45-bG9x'],
    ['2026-01-03T03:04:07Z', '2026-01-03T03:04:09Z'],
    ['https://localhost:1234/', 'https://localhost:45678/'],
  ])('takes %s for %s', (left, right) => {
    expect(sameButForChance(left, right)).toBe(true);
  });

  it.each([
    ['"Status": "fraud"', '"Status": "deny"'],
    ['| txid | The transaction. |', '| txid | A transaction. |'],
    ['"ClockOffsetSeconds": 0', '"ClockOffsetSeconds": 1'],
  ])('does not take %s for %s', (left, right) => {
    expect(sameButForChance(left, right)).toBe(false);
  });
});
