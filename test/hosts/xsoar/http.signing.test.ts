import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '../../../src/hosts/node/sign-request.ts';
import { enginePrimitives } from '../../../src/hosts/xsoar/http.ts';

describe("the engine's primitives", () => {
  it.each(['', 'plain', 'Zoë', '日本語', '😀', 'x'.repeat(1000)])(
    'agree with Node on %j',
    (text) => {
      expect(enginePrimitives.sha512(text)).toBe(nodePrimitives.sha512(text));
      expect(enginePrimitives.base64(text)).toBe(nodePrimitives.base64(text));
      expect(enginePrimitives.createHmac('sha512', `key ${text}`)(text)).toBe(
        nodePrimitives.createHmac('sha512', `key ${text}`)(text),
      );
    },
  );

  it('refuse a hash that they do not know', () => {
    expect(() => enginePrimitives.createHmac('sha1', 'key')).toThrow(/sha1/);
  });
});
