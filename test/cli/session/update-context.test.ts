import { expect, it } from 'vitest';
import { updateContext } from '../../../src/cli/session/update-context.ts';
import { toNoteEntry } from '../../../src/integration/entry.ts';

const entry = toNoteEntry({
  readable: { title: '', rows: [] },
  contents: { response: { result: 'auth' } },
  context: { 'Duo.PreAuth': { Username: 'alice' } },
});

const extensions = [{ key: 'Mine', path: 'response.result' }];

it('writes the outputs, and what the line wants besides', () => {
  expect(updateContext({ Old: 1 }, [entry], { ignoreOutputs: false, extensions })).toEqual({
    Old: 1,
    Duo: { PreAuth: { Username: 'alice' } },
    Mine: 'auth',
  });
});

it('leaves the outputs out where they are to be ignored', () => {
  expect(updateContext({}, [entry], { ignoreOutputs: true, extensions })).toEqual({ Mine: 'auth' });
});

it('appends each entry of several', () => {
  const options = { ignoreOutputs: false, extensions: [] };
  expect(updateContext({}, [entry, entry], options)).toEqual({
    Duo: { PreAuth: [{ Username: 'alice' }, { Username: 'alice' }] },
  });
});
