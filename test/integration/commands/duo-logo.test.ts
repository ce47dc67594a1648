import { expect, it } from 'vitest';
import { toMarkdown } from '../../../src/integration/readable.ts';
import { responseWith } from '../../../testing/responses.ts';
import { runCommand } from '../../../testing/run-command.ts';

it('returns the picture as a file', () => {
  const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);
  const picture = responseWith('', { contentType: 'image/png', bytes });
  const { result, sent } = runCommand('duo-logo', {}, [picture]);
  expect(sent.map(({ path }) => path)).toEqual(['/auth/v2/logo']);
  expect(result.file).toEqual({ name: 'duo-logo.png', bytes });
  expect(result.context).toEqual({ 'Duo.Logo': { Name: 'duo-logo.png', Size: 4 } });
  expect(toMarkdown(result.readable)).toMatchInlineSnapshot(`
    "### Duo logo: the logo of the account
    | File | Size |
    | --- | --- |
    | duo-logo.png | 4 bytes |"
  `);
});
