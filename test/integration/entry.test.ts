import { describe, expect, it } from 'vitest';
import type { CommandResult } from '../../src/integration/entry.ts';
import { isAllowed, toEntry, toNoteEntry } from '../../src/integration/entry.ts';

const result: CommandResult = {
  readable: { title: 'Title', rows: [{ A: '1' }] },
  contents: { stat: 'OK' },
  context: { 'Duo.Check': {} },
};

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

describe('an entry', () => {
  it('is a note that the server does not search for indicators', () => {
    expect(toEntry(result, toBase64)).toEqual({
      Type: 1,
      ContentsFormat: 'json',
      Contents: { stat: 'OK' },
      ReadableContentsFormat: 'markdown',
      HumanReadable: '### Title\n| A |\n| --- |\n| 1 |',
      EntryContext: { 'Duo.Check': {} },
      IgnoreAutoExtract: true,
    });
  });

  it('is a file with its name, size and bytes', () => {
    const file = { name: 'logo.png', bytes: new Uint8Array([1, 2, 255]) };
    expect(toEntry({ ...result, file }, toBase64)).toMatchObject({
      Type: 3,
      Contents: '',
      File: 'logo.png',
      FileSize: 3,
      FileData: 'AQL/',
      HumanReadable: expect.stringContaining('Title'),
    });
  });
});

const entry = (context: Record<string, unknown>) => toNoteEntry({ ...result, context });

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
