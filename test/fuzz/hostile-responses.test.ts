/*
 * Whatever a service answers in the place of Duo lets no one in, at none of the ways into this
 * package, and no push goes out twice because of it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exec } from '../../src/cli/exec.ts';
import { DuoError } from '../../src/duo/errors/duo-error.ts';
import { main } from '../../src/hosts/xsoar/main.ts';
import { createIntegration, DuoClient, type Integration, isAllowed } from '../../src/index.ts';
import { keys } from '../../testing/keys.ts';
import { fakeContext } from '../cli/cli-context.ts';
import { type FaultServer, rawReply, startFaultServer } from '../hosts/node/fault-server.ts';
import { fakeServer } from '../hosts/xsoar/fake-server.ts';
import { type HostileResponse, hostileResponses } from './hostile-responses.ts';

let server: FaultServer;
let duo: DuoClient;
let integration: Integration;
let current: HostileResponse;

const started = rawReply('{"stat":"OK","response":{"txid":"tx"}}');

beforeAll(async () => {
  server = await startFaultServer((socket, request) => {
    const { status, headers, body } = current;
    const isStart = request.includes('async=1');
    socket.write(isStart ? started : rawReply(body, headers, `HTTP/1.1 ${status} X`));
  });
  const { hostname } = server;
  duo = new DuoClient({ hostname, ...keys, insecure: true, timeout: 5 });
  integration = createIntegration({ hostname, ...keys, insecure: true, timeout: 5 });
});

afterAll(() => server.close());

const push = { username: 'alice', factor: 'push' } as const;

const line = '!duo-authenticate username=alice factor=push';

/** Each way in: does it let the user in? */
const waysIn: Readonly<Record<string, () => Promise<boolean>>> = {
  'DuoClient.auth': async () => (await duo.auth(push)).result === 'allow',
  'DuoClient.authAndWait': async () =>
    (await duo.authAndWait(push, { deadlineSeconds: 0.2 })).result === 'allow',
  'DuoClient.preauth': async () => (await duo.preauth({ username: 'alice' })).result === 'allow',
  'createIntegration().run': async () => isAllowed(await integration.run('duo-authenticate', push)),
  'exec --require-allow': async () => {
    const { ikey, skey } = keys;
    const env = {
      DUO_HOSTNAME: server.hostname,
      DUO_IKEY: ikey,
      DUO_SKEY: skey,
      DUO_INSECURE: 'true',
      DUO_TIMEOUT: '5',
    };
    const options = { output: 'text', requireAllow: true } as const;
    return (await exec([line], options, fakeContext({ env }))) === 0;
  },
  'the script in XSOAR': async () => {
    const { status, headers, body } = current;
    const answer = main(
      fakeServer({ command: 'duo-authenticate', args: push }, [
        {
          StatusCode: status,
          Headers: { 'Content-Type': 'application/json', ...headers },
          Body: body.toString('utf8'),
        },
      ]),
    );
    const isEntry = typeof answer === 'object' && answer.Type !== 4;
    return isEntry && JSON.stringify(answer.EntryContext).includes('"Result":"allow"');
  },
};

const honest = { what: 'honest', status: 200, headers: {}, isAboutStatus: false };
const honestBody = Buffer.from(
  '{"stat":"OK","response":{"result":"allow","status":"allow","status_msg":"Success."}}',
);

// The server's own HTTP client has unfolded and decoded what it hands to a script.
const isSeenByScript = ({ what }: HostileResponse): boolean =>
  !/^(?:encoded as|bytes that|a half of a pair)/.test(what);

describe.each(Object.entries(waysIn))('%s', (name, letsIn) => {
  it('lets a user in when Duo does', async () => {
    current = { ...honest, body: honestBody };
    expect(await letsIn()).toBe(true);
  });

  it('lets no one in otherwise, and pushes once', { timeout: 60_000 }, async () => {
    const applicable = hostileResponses.filter(
      (one) =>
        (name !== 'DuoClient.preauth' || !one.isAboutStatus) &&
        (name !== 'the script in XSOAR' || isSeenByScript(one)),
    );
    const letIn: string[] = [];
    for (const one of applicable) {
      current = one;
      server.requests.length = 0;
      try {
        if (await letsIn()) {
          letIn.push(one.what);
        }
      } catch (error) {
        expect(error, one.what).toBeInstanceOf(DuoError);
      }
      const pushes = server.requests.filter((request) => request.startsWith('POST /auth/v2/auth '));
      expect(pushes.length, one.what).toBeLessThanOrEqual(1);
    }
    expect(letIn).toEqual([]);
  });
});

it('are as many as were tried by hand', () => {
  expect(hostileResponses.length).toBeGreaterThanOrEqual(164);
});
