// A search or a playbook of XSOAR may take minutes. Proxies cut calls off after one, when nothing else is set.
import { describe, expect, it } from 'vitest';
import { proxies } from '../front-proxies.ts';
import { describePeer } from '../peer.ts';
import { doorForSuite, missingForDoor } from './door.ts';

const longerThanUsualMs = 63_000;

describePeer('a long call', missingForDoor(...proxies), () => {
  const doors = proxies.map((proxy) => [proxy, doorForSuite(proxy, 'xsoar')] as const);

  describe.concurrent('is answered', () => {
    it.each(doors)('through %s', { timeout: 90_000 }, async (_proxy, door) => {
      const browser = await door().signedIn();
      await browser.post(`/slow?ms=${longerThanUsualMs}`);
      expect([browser.page.status, browser.page.body]).toEqual([
        200,
        expect.stringContaining('Hello bob'),
      ]);
    });
  });
});
