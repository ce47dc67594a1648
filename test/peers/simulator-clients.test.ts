import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { until } from '../../testing/running-simulator.ts';
import { describePeer } from './peer.ts';
import { type Flaw, peerClients } from './peer-clients.ts';
import { PeerDriver } from './peer-driver.ts';
import { keepPeerTable } from './peer-table.ts';

const pushInfo = [
  { name: 'Case', value: 'INC-1042 +1' },
  { name: 'Café', value: 'a&b' },
];

describe.each(peerClients)('$name, signature $signature', (client) => {
  describePeer('makes every call', client.missing, () => {
    let simulator: Simulator;
    let driver: PeerDriver;
    const { name, signature, version, flaws } = client;
    const remark = flaws.join(', ');

    beforeEach(async () => {
      simulator = await startSimulator({ ...client.options, ...counted });
      driver = new PeerDriver(client, simulator);
    });
    afterEach(async () => {
      driver.close();
      await simulator.close();
    });

    const has = (flaw: Flaw) => flaws.includes(flaw);
    const auth = (args: Record<string, string>) => driver.call('auth', args);
    const push = (username: string, more: Record<string, string> = {}) =>
      auth({ username, factor: 'push', device: 'auto', ...more });
    const usePasscode = (passcode: string) =>
      auth({ username: 'grace', factor: 'passcode', passcode });

    const phoneOf = (username: string) => {
      const user = simulator.control.users().find((one) => one.username === username);
      return simulator.control.phone(user?.devices[0]?.id ?? '');
    };

    it('ping, check and logo', async () => {
      const now = Math.floor(Date.now() / 1000);
      for (const call of ['ping', 'check']) {
        const { ok } = await driver.call(call);
        expect(Math.abs(Number(ok?.time) - now)).toBeLessThan(30);
      }
      const logo = await driver.call('logo');
      const isRead = !has('logo is no JSON') && !has('has no logo');
      expect(logo.error === undefined).toBe(isRead);
      expect(['PNG', undefined]).toContain(logo.ok?.image);
      expect(simulator.control.log().at(-1)?.signature).toBe(client.scheme);
    });

    it.each([
      ['alice', 'auth'],
      ['bob', 'allow'],
      ['carol', 'deny'],
      ['dave', 'enroll'],
    ])('preauth: %s, %s', async (username, result) => {
      const reply = await driver.call('preauth', { username, ipaddr: '192.0.2.7' });
      expect(reply.ok).toMatchObject({ result });
    });

    it.each([
      ['alice', 'allow', 'allow'],
      ['erin', 'deny', 'deny'],
      ['frank', 'deny', 'fraud'],
    ])('a push that is answered: %s', async (username, result, status) => {
      expect((await push(username)).ok).toMatchObject({ result, status });
    });

    it('a push that no one answers', async () => {
      const answer = push('tim');
      await until(() => simulator.control.pending().length === 1);
      simulator.control.advance(60);
      expect((await answer).ok).toMatchObject({ result: 'deny', status: 'timeout' });
    });

    it('a push that is waited for, showing what was sent', async () => {
      const signsAll = !has('signs * and ( as they are');
      const title = signsAll ? "Zoë's & Bob's *request* (100%)" : 'Zoë & Bob: request 100%';
      const { ok } = await push('grace', {
        async: '1',
        type: title,
        display_username: 'Grace 日本 😀 ~!',
        pushinfo: 'Case=INC%2D1042%20%2B1&Caf%C3%A9=a%26b',
      });
      const txid = ok?.txid ?? '';
      expect(simulator.control.transaction(txid)).toMatchObject({
        title,
        displayUsername: 'Grace 日本 😀 ~!',
        pushInfo: has('sends pushinfo under another name') ? [] : pushInfo,
      });
      expect((await driver.call('auth_status', { txid })).ok).toMatchObject({
        result: 'waiting',
        status: 'pushed',
      });
      const next = driver.call('auth_status', { txid });
      simulator.control.answer(txid, 'approve');
      expect((await next).ok).toMatchObject({ result: 'allow', status: 'allow' });
    });

    it('a passcode, good once', async () => {
      const passcode = phoneOf('grace').passcode ?? '';
      expect((await usePasscode(passcode)).ok).toMatchObject({ result: 'allow' });
      expect((await usePasscode(passcode)).ok).toMatchObject({ result: 'deny', status: 'deny' });
    });

    it('a text message and its passcode', async () => {
      const sent = await auth({ username: 'grace', factor: 'sms', device: 'auto' });
      expect(sent.ok).toMatchObject({ result: 'deny', status: 'sent' });
      const [passcode = ''] = phoneOf('grace').smsPasscodes;
      expect((await usePasscode(passcode)).ok).toMatchObject({ result: 'allow' });
    });

    it('a call', async () => {
      const answer = await auth({ username: 'alice', factor: 'phone', device: 'auto' });
      expect(answer.ok).toMatchObject({ result: 'allow', status: 'allow' });
    });

    it('an enrollment', async () => {
      const { ok: enrolled } = await driver.call('enroll', { username: 'henry' });
      const { user_id = '', activation_code = '' } = enrolled ?? {};
      const status = async () =>
        (await driver.call('enroll_status', { user_id, activation_code })).ok;
      expect(await status()).toBe('waiting');
      simulator.control.claim(activation_code);
      expect(await status()).toBe('success');
      expect((await driver.call('preauth', { username: 'henry' })).ok).toMatchObject({
        result: 'auth',
      });
    });

    it('learns of a wrong parameter', async () => {
      const { error } = await push('grace', { device: 'DP000000000000000000' });
      expect(error).toMatchObject({ code: 40002, detail: 'device' });
    });

    it('learns of a wrong key', async () => {
      const stranger = new PeerDriver(client, simulator, 'x'.repeat(40));
      expect((await stranger.call('check')).error).toMatchObject({ code: 40103 });
      stranger.close();
    });

    // Last, as its own test looks back at those above.
    const counted = keepPeerTable({ name, signature, version, remark });
  });
});

const withVerifiedPush = peerClients.filter(({ offersVerifiedPush }) => offersVerifiedPush);

describe.each(withVerifiedPush)('$name, signature $signature', (client) => {
  describePeer('makes a verified push', client.missing, () => {
    it('whose code is typed on the phone', async () => {
      const simulator = await startSimulator(client.options);
      const driver = new PeerDriver(client, simulator);
      const { ok } = await driver.call('preauth', {
        username: 'vera',
        client_supports_verified_push: '1',
      });
      const { txid = '', verification_code: code = '' } = ok ?? {};
      const answer = driver.call('auth', {
        username: 'vera',
        factor: 'push',
        device: 'auto',
        txid,
      });
      await until(() => simulator.control.pending().length === 1);
      expect(simulator.control.answer(txid, 'approve', code)).toBe('done');
      expect((await answer).ok).toMatchObject({ result: 'allow' });
      driver.close();
      await simulator.close();
    });
  });
});
