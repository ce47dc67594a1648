import { describe, expect, it } from 'vitest';
import { toEntry } from '../../src/integration/entry.ts';
import { isAllowed } from '../../src/integration/verdict.ts';

const entry = (context: Record<string, unknown>) =>
  toEntry({ readable: '', contents: {}, context });

const response = (Result: unknown) => ({ Response: { Result } });

describe('isAllowed', () => {
  it.each([
    ['preauth', [{ 'Duo.PreAuth': response('allow') }]],
    ['authenticate', [{ 'Duo.Authenticate': response('allow') }]],
    [
      'a transaction that was followed',
      [
        {
          'Duo.Authenticate': { Response: { TxID: 't' } },
          'Duo.AuthenticateStatus': response('allow'),
          'Duo.Transaction(val.TxID)': { Result: 'allow', Done: true },
        },
      ],
    ],
  ])('%s that is allowed', (_what, contexts) => {
    expect(isAllowed(contexts.map(entry))).toBe(true);
  });

  it.each([
    ['nothing', []],
    ['an answer without a result', [{ 'Duo.Check': { Response: { Time: 'x' } } }]],
    ['a deny', [{ 'Duo.Authenticate': response('deny') }]],
    ['a wait', [{ 'Duo.Transaction': { Result: 'waiting' } }]],
    ['an enrollment', [{ 'Duo.EnrollStatus': response('success') }]],
    ['an allow in capitals', [{ 'Duo.Authenticate': response('ALLOW') }]],
    ['an allow that is no text', [{ 'Duo.Authenticate': response(['allow']) }]],
    ['an allow beside a deny', [{ a: response('allow') }, { b: response('deny') }]],
    ['a value that is no object', [{ a: 'allow' }]],
    ['null', [{ a: null }]],
  ])('%s is not allowed', (_what, contexts) => {
    expect(isAllowed(contexts.map(entry))).toBe(false);
  });
});
