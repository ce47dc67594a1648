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
import { rejection } from '../../testing/caught.ts';
import { useQuickWaits } from '../../testing/quick-waits.ts';
import { startTlsServer } from '../../testing/tls-server.ts';

useQuickWaits();

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

const auth = { username: 'alice', factor: 'passcode', passcode } as const;
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

const logged: string[] = [];
const note = (...line: unknown[]) => void logged.push(inspect(line, { depth: null }));

const at = (hostname: string, more: object = {}) =>
  createIntegration(
    { hostname, ikey: simulator.ikey, skey, insecure: true, ...more },
    { logger: { debug: note, warn: note } },
  );

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
      at('localhost').run<string>('duo-authenticate', { ...auth, factor: passcode, async: token }),
  },
  {
    what: 'a typing error beside a passcode',
    code: 'bad_argument',
    provoke: () => at('localhost').run<string>('duo-authenticate', { ...auth, passcod: passcode }),
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
    what: 'a proxy whose address cannot be read',
    code: 'bad_parameter',
    provoke: () => {
      process.env['HTTPS_PROXY'] = `http://user:${proxyPassword}@[`;
      return at('api-x.duosecurity.com', { proxy: true }).run('duo-authenticate', auth);
    },
  },
  {
    what: 'a proxy of another kind',
    code: 'bad_parameter',
    provoke: () => {
      process.env['HTTPS_PROXY'] = `socks5://user:${proxyPassword}@127.0.0.1:1`;
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

const expectNoSecret = (shown: string): void => {
  for (const secret of [skey, passcode, token, proxyPassword]) {
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain(encodeURIComponent(secret));
    expect(shown).not.toContain(Buffer.from(secret).toString('base64').replace(/=+$/, ''));
  }
  expect(shown).not.toMatch(signature);
  expect(shown).not.toMatch(authorization);
};

describe('no secret is in the error, and in no log line, of', () => {
  it.each(cases)('$what', async ({ code, provoke }) => {
    logged.length = 0;
    const error = await rejection(provoke());
    expect(error).toHaveProperty('code', code);
    expect(error).not.toHaveProperty('cause');
    expectNoSecret(everySide(error));
    expectNoSecret(logged.join('\n'));
  });

  it('any code that there is', () => {
    expect(new Set(cases.map(({ code }) => code))).toEqual(new Set(duoErrorCodes));
  });

  it('an answer: not in its entry, its log, or the instance itself', async () => {
    logged.length = 0;
    const integration = createIntegration(
      { hostname: simulator.hostname, ikey: simulator.ikey, skey: simulator.skey, insecure: true },
      { logger: { debug: note, warn: note } },
    );
    const { [0]: entry } = await integration.run('duo-authenticate', auth);
    expect(logged.join()).toContain('duo: response');
    for (const shown of [inspect(entry, { depth: null }), logged.join('\n')]) {
      expectNoSecret(shown);
      expect(shown).not.toContain(simulator.skey);
    }
  });

  it('an instance or a client, from any side', () => {
    const options = { hostname: 'localhost', ikey: simulator.ikey, skey };
    for (const one of [createIntegration(options), new DuoClient(options)]) {
      expectNoSecret(inspect(one, { depth: null, showHidden: true, getters: true }));
      expectNoSecret(JSON.stringify(one));
    }
  });
});
