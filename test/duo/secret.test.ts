import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/duo/secret.ts';

const secret = new Secret('hunter2');

describe('Secret', () => {
  it('gives itself away only when asked to', () => {
    expect(secret.reveal()).toBe('hunter2');
  });

  it.each([
    ['as text', `${secret}`],
    ['in JSON', JSON.stringify({ secret })],
    ['inspected', inspect({ secret }, { showHidden: true, depth: null })],
    ['by its keys', Object.getOwnPropertyNames(secret).join()],
  ])('%s it does not show', (_how, shown) => {
    expect(shown).not.toContain('hunter2');
  });
});
