// The attack: with a stolen password, ask for one push after another, over many logins at once, until the
// user approves one to have peace.
import { describe, expect, it } from 'vitest';
import { type Door, doorForSuite, missingForDoor } from '../door/door.ts';
import { proxies } from '../front-proxies.ts';
import { describePeer } from '../peer.ts';

const unapprovedPerUser = 5;
const logins = 30;

// The limits by address and by password would protect the user by themselves; an attacker has time.
const unlimited = (yaml: string): string =>
  `${yaml}\nlimits: { requests_per_minute: 10000, failures_per_user: 1000, failures_per_address: 1000 }\n`;

const askForOne = async (door: Door, factor: string): Promise<string> => {
  const browser = door.browser();
  await browser.signIn('grace');
  await browser.post('/auth/factor', { factor });
  await browser.until(({ text }) => !text.includes('Contacting Duo'));
  return browser.text;
};

const sent = ({ simulator }: Door): number =>
  simulator.control.log().filter(({ path }) => path.endsWith('/auth')).length;

describePeer('bombing', missingForDoor(...proxies), () => {
  describe.each(proxies)('through %s', (proxy) => {
    const door = doorForSuite(proxy, 'application', unlimited);

    it('thirty logins at once send one push', async () => {
      const pages = await Promise.all(
        Array.from({ length: logins }, () => askForOne(door(), 'push')),
      );
      expect(sent(door())).toBe(1);
      expect(door().simulator.control.pending()).toHaveLength(1);
      const waiting = pages.filter((text) => text.includes('waiting on your phone already'));
      expect(waiting).toHaveLength(logins - 1);
    });

    it('one after another they send few, whatever was answered and however it is sent', async () => {
      const { control } = door().simulator;
      for (let login = 0; login < 2 * unapprovedPerUser; login += 1) {
        for (const { txid } of control.pending()) {
          control.answer(txid, 'deny');
        }
        await expect.poll(() => control.pending()).toEqual([]);
        await askForOne(door(), login % 2 === 0 ? 'sms' : 'push');
      }
      expect(sent(door())).toBeGreaterThan(1);
      expect(sent(door())).toBeLessThanOrEqual(unapprovedPerUser);
      expect(await askForOne(door(), 'phone')).toContain('Too many requests were sent to you');
      expect(door().isAlive()).toBe(true);
    });
  });
});

describePeer('bombing after a report of fraud', missingForDoor('nginx'), () => {
  const door = doorForSuite('nginx', 'application', unlimited);

  it('sends nothing at all', async () => {
    await askForOne(door(), 'push');
    const { control } = door().simulator;
    control.answer(control.pending()[0]?.txid ?? '', 'fraud');
    await expect
      .poll(() =>
        door()
          .audit()
          .some(({ result }) => result === 'fraud'),
      )
      .toBe(true);
    const before = sent(door());
    for (const factor of ['push', 'sms', 'phone']) {
      expect(await askForOne(door(), factor)).toContain('After a report of fraud');
    }
    expect(sent(door())).toBe(before);
  });
});
