/*
 * The attack: somebody reads the logs, the war room or a crash report, and finds in an error what
 * opens the door: the secret key, a signature, a passcode, a trusted-device token, a proxy's password.
 *
 * Each error that the code can throw is provoked for real and looked at from every side.
 */
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIntegration, DuoClient, type DuoErrorCode, duoErrorCodes } from '../../src/index.ts';
import { type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { rejection } from '../support/caught.ts';
import { startTlsServer } from '../support/tls-server.ts';

const skey = 'SecretKeySecretKeySecretKeySecretKey0042';
const passcode = '7391739173';
const token = 'dHJ1c3RlZA==||1767225660||f00dfacef00dface';
const proxyPassword = 'pr0xy-pa55word';

// A signature is 40 or 128 hex digits; a header holds it in base64 after the integration key.
const signature = /[0-9a-f]{40}/i;
const authorization = /Basic [A-Za-z0-9+/=]{20}/;

/** Everything that an error could show, its hidden fields and its causes included. */
const everySide = (error: unknown): string => {
  const seen: string[] = [];
  for (let one = error; one instanceof Error; one = one.cause) {
    seen.push(
      one.message,
      String(one.stack),
      JSON.stringify(one),
      inspect(one, { depth: null, showHidden: true, getters: true }),
      ...Object.getOwnPropertyNames(one).map((name) =>
        inspect(Reflect.get(one, name), { depth: null, showHidden: true }),
      ),
    );
  }
  return seen.join('\n');
};

const auth = { username: 'alice', factor: 'passcode', passcode };
const preauth = { username: 'alice', trusted_device_token: token };

interface Case {
  readonly what: string;
  readonly code: DuoErrorCode;
  readonly provoke: () => Promise<unknown>;
}

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});

afterAll(() => simulator.close());

const at = (hostname: string, more: object = {}) =>
  createIntegration({ hostname, ikey: simulator.ikey, skey, insecure: true, ...more });

const answeringWith = async (status: number, body: string) =>
  (
    await startTlsServer((_request, response) => {
      response.writeHead(status, { 'Content-Type': 'text/html' });
      response.end(body);
    })
  ).hostname;

const cases: readonly Case[] = [
  {
    what: 'parameters that are not usable',
    code: 'bad_parameter',
    provoke: async () =>
      createIntegration({ hostname: `user:${skey}@h`, skey: `${skey}\n${skey}` }),
  },
  {
    what: 'arguments that are not usable',
    code: 'bad_argument',
    provoke: () =>
      at('localhost').run('duo-authenticate', { ...auth, factor: passcode, async: token }),
  },
  {
    what: 'a typing error beside a passcode',
    code: 'bad_argument',
    provoke: () => at('localhost').run('duo-authenticate', { ...auth, passcod: passcode }),
  },
  {
    what: 'a passcode that is not well-formed',
    code: 'bad_argument',
    provoke: () =>
      new DuoClient({ hostname: 'localhost', ikey: simulator.ikey, skey }).auth({
        username: 'alice',
        factor: 'passcode',
        passcode: `${passcode}\ud800`,
      }),
  },
  {
    what: 'an unknown command',
    code: 'unknown_command',
    provoke: () => at('localhost').run('duo-auth', auth),
  },
  {
    what: 'a host that is not found',
    code: 'network',
    provoke: () => at('no-such-host.invalid').run('duo-authenticate', auth),
  },
  {
    what: 'a connection that is refused',
    code: 'network',
    provoke: () => at('127.0.0.1:1').run('duo-preauth', preauth),
  },
  {
    what: 'a certificate that is not trusted',
    code: 'network',
    provoke: () => at(simulator.hostname, { insecure: false }).run('duo-authenticate', auth),
  },
  {
    what: 'a proxy that does not listen',
    code: 'network',
    provoke: () => {
      process.env['HTTPS_PROXY'] = `http://user:${proxyPassword}@127.0.0.1:1`;
      return at('api-x.duosecurity.com', { proxy: true }).run('duo-authenticate', auth);
    },
  },
  {
    what: 'a reply that does not come',
    code: 'network',
    provoke: async () => {
      const { hostname } = await startTlsServer(() => undefined);
      return at(hostname, { timeout: 1 }).run('duo-preauth', preauth);
    },
  },
  {
    what: 'a connection that breaks',
    code: 'network',
    provoke: async () => {
      const { hostname } = await startTlsServer((request) => void request.socket.destroy());
      return at(hostname).run('duo-authenticate', auth);
    },
  },
  {
    what: 'keys that Duo refuses',
    code: 'duo_refused',
    provoke: () => at(simulator.hostname).run('duo-authenticate', auth),
  },
  {
    what: 'a reply that repeats what was sent',
    code: 'unreadable_reply',
    provoke: async () =>
      at(await answeringWith(200, `<html>${skey} ${passcode}`)).run('duo-authenticate', auth),
  },
  {
    what: 'a reply of another shape',
    code: 'unreadable_reply',
    provoke: async () => {
      const response = { result: 'allow', status: token, status_msg: token };
      const body = JSON.stringify({ stat: 'OK', response });
      return at(await answeringWith(200, body)).run('duo-authenticate', auth);
    },
  },
  {
    what: 'a reply that is too large',
    code: 'unreadable_reply',
    provoke: async () =>
      at(await answeringWith(200, passcode.repeat(200_000))).run('duo-authenticate', auth),
  },
  {
    what: 'a call that is cancelled',
    code: 'cancelled',
    provoke: async () => {
      const { hostname } = await startTlsServer(() => undefined);
      const signal = AbortSignal.timeout(50);
      return at(hostname).run('duo-authenticate', auth, { signal });
    },
  },
];

describe('no secret is in the error of', () => {
  it.each(cases)('$what', async ({ code, provoke }) => {
    const error = await rejection(provoke());
    expect(error).toHaveProperty('code', code);
    expect(error).not.toHaveProperty('cause');
    const shown = everySide(error);
    for (const secret of [skey, passcode, token, proxyPassword]) {
      expect(shown).not.toContain(secret);
      expect(shown).not.toContain(encodeURIComponent(secret));
      expect(shown).not.toContain(Buffer.from(secret).toString('base64').replace(/=+$/, ''));
    }
    expect(shown).not.toMatch(signature);
    expect(shown).not.toMatch(authorization);
  });

  it('any code that there is', () => {
    expect(new Set(cases.map(({ code }) => code))).toEqual(new Set(duoErrorCodes));
  });
});
