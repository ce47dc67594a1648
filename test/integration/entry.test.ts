import { expect, it } from 'vitest';
import { toEntry } from '../../src/integration/entry.ts';

it('is a note that the platform does not search for indicators', () => {
  const result = { readable: '### Title', contents: { stat: 'OK' }, context: { 'Duo.Check': {} } };
  expect(toEntry(result)).toEqual({
    Type: 1,
    ContentsFormat: 'json',
    Contents: { stat: 'OK' },
    ReadableContentsFormat: 'markdown',
    HumanReadable: '### Title',
    EntryContext: { 'Duo.Check': {} },
    IgnoreAutoExtract: true,
  });
});
