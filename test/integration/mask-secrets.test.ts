import { describe, expect, it } from 'vitest';
import { maskSecrets } from '../../src/integration/mask-secrets.ts';

describe('maskSecrets', () => {
  it('stars out what would let somebody in, and keeps the rest', () => {
    const raw = {
      stat: 'OK',
      response: { result: 'allow', trusted_device_token: 't', bypass_codes: ['1'] },
    };
    expect(maskSecrets(raw)).toEqual({
      stat: 'OK',
      response: { result: 'allow', trusted_device_token: '********', bypass_codes: '********' },
    });
    expect(raw.response.trusted_device_token).toBe('t');
  });

  it.each([
    ['without a secret', { stat: 'OK', response: { result: 'deny' } }],
    ['whose response is text', { stat: 'OK', response: 'waiting' }],
    ['whose response is null', { stat: 'OK', response: null }],
  ])('leaves a reply %s as it is', (_what, raw) => {
    expect(maskSecrets(raw)).toEqual(raw);
  });
});
