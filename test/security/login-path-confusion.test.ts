// The attack: a path that the gateway and the server behind read differently, so that something that
// needs a session looks like something that does not.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loosestReading } from '../../src/login/server/path.ts';
import { rawRequest } from '../../testing/raw-request.ts';
import { startGateway } from '../../testing/running-gateway.ts';
import { simulatorForFile } from '../../testing/simulator-for-file.ts';
import { startXsoar, type XsoarStandIn } from '../../testing/xsoar-stand-in.ts';

const simulator = simulatorForFile();
let upstream: XsoarStandIn;
beforeEach(async () => {
  upstream = await startXsoar({});
});
afterEach(() => upstream.close());

const confusing = [
  '//incidents',
  '/auth//../incidents',
  '/auth/assets/../../incidents',
  '/auth/assets/..%2f..%2fincidents',
  '/auth/assets/%2e%2e/%2e%2e/incidents',
  '/auth/..;/incidents',
  '/auth/login/..;/..;/incidents',
  '/auth%2flogin/incidents',
  '/auth/login%00/incidents',
  '/AUTH/login/incidents',
  '/auth/login;x=/incidents',
  '/saml/../incidents',
  '/saml%2f..%2fincidents',
  '/saml/..;/incidents',
  '/saml//',
  '/saml/x',
  '/SAML',
  '/%73aml',
  '//saml',
  '/saml;/incidents',
  '/saml\\..\\incidents',
  '/.//saml',
  '/healthz/../incidents',
  '/incidents#/saml',
  '/incidents?/saml',
  'http://127.0.0.1/incidents',
  '*',
];

describe('without a session', () => {
  it.each(confusing)('%s reaches nothing', async (path) => {
    const gateway = await startGateway({
      simulator: simulator(),
      settings: { mode: 'proxy', proxy: `{ upstream: '${upstream.url}', allow_saml: true }` },
    });
    const reply = await rawRequest(gateway.origin, path);
    expect(upstream.seen).toEqual([]);
    expect([400, 401, 404]).toContain(reply.status);
  });

  it('the path that is open is open, exactly as it is written', async () => {
    const gateway = await startGateway({
      simulator: simulator(),
      settings: { mode: 'proxy', proxy: `{ upstream: '${upstream.url}', allow_saml: true }` },
    });
    expect((await rawRequest(gateway.origin, '/saml')).status).toBe(200);
    expect(upstream.seen).toEqual(['GET /saml']);
  });
});

describe('the loosest reading of a path', () => {
  it.each([
    ['/login', '/login'],
    ['/LOGIN/', '/login'],
    ['//login?x=/y', '/login'],
    ['/%6c%6fgin', '/login'],
    ['/%256cogin', '/login'],
    ['/x/..;/login', '/login'],
    ['/x/%2e%2e/login', '/login'],
    ['/login;jsessionid=1', '/login'],
    ['/.\\login', '/login'],
    ['/../../login', '/login'],
    ['/loginx', '/loginx'],
    ['/login/x', '/login/x'],
  ])('%s is %s', (path, reading) => {
    expect(loosestReading(path)).toBe(reading);
  });
});
