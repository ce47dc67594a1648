/*
 * Proxies as they stand in companies: tinyproxy and squid, with and without passwords, by IPv4 and
 * IPv6, under TLS with an authority of the company's own. What they refuse is distinguished from what
 * Duo refuses, and their password is never shown.
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { DuoClient } from '../../../src/index.ts';
import { rejection } from '../../../testing/caught.ts';
import { keys } from '../../../testing/keys.ts';
import { type Authority, makeAuthority } from '../../../testing/openssl-chain.ts';
import {
  allowBody,
  type FaultServer,
  rawReply,
  startFaultServer,
} from '../../hosts/node/fault-server.ts';
import { describePeer, missingFile } from '../peer.ts';
import { credentials, type RunningProxy, startSquid, startTinyproxy } from './real-proxies.ts';

const missing = missingFile('/usr/bin/tinyproxy', '/usr/sbin/squid', '/usr/bin/openssl');

const hostIn = ({ host }: RunningProxy) => (host.includes(':') ? `[${host}]` : host);
const addressOf = (proxy: RunningProxy, login = '', scheme = 'http') =>
  `${scheme}://${login}${hostIn(proxy)}:${proxy.port}`;
const login = `${encodeURIComponent(credentials.user)}:${encodeURIComponent(credentials.password)}@`;

describePeer('proxies', missing, () => {
  let duo: FaultServer;

  beforeAll(async () => {
    duo = await startFaultServer((socket) => void socket.write(rawReply(allowBody)));
  });

  afterAll(() => duo.close());

  const through = (address: string, more: object = {}) => {
    process.env['HTTPS_PROXY'] = address;
    const { hostname, caFile } = duo;
    return new DuoClient({ hostname, ...keys, caFile, proxy: true, timeout: 10, ...more });
  };

  const refusal = async (address: string) => {
    const before = duo.requests.length;
    const error = await rejection(through(address).auth({ username: 'a', factor: 'push' }));
    expect(duo.requests).toHaveLength(before);
    const shown = `${inspect(error, { depth: null, showHidden: true })}${JSON.stringify(error)}`;
    expect(shown).not.toContain(credentials.password);
    expect(shown).not.toContain(encodeURIComponent(credentials.password));
    return error;
  };

  describe('tinyproxy', () => {
    let open: RunningProxy;
    let locked: RunningProxy;

    beforeAll(async () => {
      open = await startTinyproxy();
      locked = await startTinyproxy({ asksFor: { user: 'soar', password: 'secret' } });
    });

    afterAll(() => Promise.all([open.stop(), locked.stop()]));

    it('tunnels, and its connections are used again', async () => {
      const client = through(addressOf(open));
      for (let call = 0; call < 5; call += 1) {
        expect(await client.check()).toHaveProperty('time');
      }
      expect(open.log().match(/CONNECT localhost:/g)).toHaveLength(1);
    });

    it('tunnels a hundred calls at a time over no more connections than there are places', async () => {
      const before = open.log().match(/CONNECT localhost:/g)?.length ?? 0;
      const client = through(addressOf(open));
      await Promise.all(Array.from({ length: 200 }, () => client.check()));
      const after = open.log().match(/CONNECT localhost:/g)?.length ?? 0;
      expect(after - before).toBeLessThanOrEqual(64);
    });

    it('lets no one through without a password, and says that it wants one', async () => {
      expect(await refusal(addressOf(locked))).toMatchObject({
        kind: 'proxy',
        reason: 'HTTP_407',
        sent: 'no',
        advice: expect.stringMatching(/user name and a password/),
      });
    });

    it('lets the right password through', async () => {
      expect(await through(addressOf(locked, 'soar:secret@')).check()).toHaveProperty('time');
    });

    it.each(['localhost', '.localhost', 'other.example,localhost', '*'])(
      'is left out for NO_PROXY=%s',
      async (noProxy) => {
        process.env['NO_PROXY'] = noProxy;
        // Nothing listens there, so a call that went by it would fail.
        const client = through('http://127.0.0.1:1');
        const outcome = await client.check().catch((error) => error);
        expect(outcome).toHaveProperty(noProxy === '.localhost' ? 'kind' : 'time');
      },
    );

    it('may have an IPv6 address', async () => {
      const six = await startTinyproxy({ host: '::1' });
      onTestFinished(six.stop);
      expect(await through(addressOf(six)).check()).toHaveProperty('time');
    });

    describe('under TLS, with a certificate of the company', () => {
      const folder = mkdtempSync(join(tmpdir(), 'company-'));
      let company: Authority;
      let port = 0;
      let close: () => void;

      beforeAll(async () => {
        company = makeAuthority(folder, 'Company Root');
        const front = createTlsServer(company.sign('localhost'), (socket) => {
          const onward = connectTcp(open.port, open.host);
          socket.on('error', () => onward.destroy());
          onward.on('error', () => socket.destroy());
          socket.pipe(onward).pipe(socket);
        });
        front.on('tlsClientError', () => undefined);
        await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
        port = (front.address() as AddressInfo).port;
        close = () => void front.close();
      });

      afterAll(() => {
        close();
        rmSync(folder, { recursive: true, force: true });
      });

      it('is trusted when its authority is named', async () => {
        const { hostname } = duo;
        process.env['HTTPS_PROXY'] = `https://localhost:${port}`;
        // One file may hold several authorities: the company's and, here, that of the service.
        const both = join(folder, 'both.pem');
        writeFileSync(both, readFileSync(duo.caFile, 'utf8') + company.cert);
        const client = new DuoClient({ hostname, ...keys, caFile: both, proxy: true });
        expect(await client.check()).toHaveProperty('time');
      });

      it('is to blame, not Duo, when it is not', async () => {
        expect(await refusal(`https://${login}localhost:${port}`)).toMatchObject({
          kind: 'proxy',
          sent: 'no',
          message: expect.stringMatching(/: the proxy itself is not trusted \(/),
          advice: expect.stringMatching(/ca_file/),
        });
      });
    });
  });

  describe('squid with basic authentication', () => {
    let squid: RunningProxy;

    beforeAll(async () => {
      squid = await startSquid([Number(duo.hostname.split(':')[1])]);
    });

    afterAll(() => squid.stop());

    it('lets a user with a difficult password through', async () => {
      expect(await through(addressOf(squid, login)).check()).toHaveProperty('time');
    });

    it.each([
      ['no password', ''],
      ['a wrong one', 'soar:wrong@'],
    ])('with %s answers 407', async (_what, given) => {
      expect(await refusal(addressOf(squid, given))).toMatchObject({ reason: 'HTTP_407' });
    });

    it('that forbids the way is distinguished from Duo, though it answers with a web page', async () => {
      process.env['HTTPS_PROXY'] = addressOf(squid, login);
      const client = new DuoClient({ hostname: 'localhost:9', ...keys, proxy: true });
      expect(await rejection(client.check())).toMatchObject({ kind: 'proxy', reason: 'HTTP_403' });
    });
  });
});
