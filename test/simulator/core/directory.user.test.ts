import { describe, expect, it } from 'vitest';
import { simpleName } from '../../../src/simulator/core/directory.ts';
import { startStill } from '../../../testing/running-simulator.ts';
import { callOk } from '../duo-caller.ts';

it.each([
  ['CORP\\alice', 'alice'],
  ['alice@corp.example', 'alice'],
  ['CORP\\alice@corp.example', 'alice'],
  ['alice', 'alice'],
  ['@alice', '@alice'],
])('simpleName(%j) is %j', (username, simple) => {
  expect(simpleName(username)).toBe(simple);
});

describe('username normalization', () => {
  const skey = 'x'.repeat(40);
  const preauth = async (usernameNormalization: 'none' | 'simple', username: string) => {
    const simulator = await startStill({
      integrations: [{ ikey: 'DIFIRSTAPPLICATION01', skey, usernameNormalization }],
    });
    return (await callOk(simulator, 'POST', 'preauth', { username })).result;
  };

  it.each(['CORP\\alice', 'alice@corp.example'])('simple finds %s', async (username) => {
    expect(await preauth('simple', username)).toBe('auth');
    expect(await preauth('none', username)).toBe('enroll');
  });

  it('prefers a user or alias with the full name', async () => {
    expect(await preauth('simple', 'alice@example.com')).toBe('auth');
  });
});
