import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildBundle } from '../../../scripts/bundle/build-bundle.ts';
import { fakeNowMs, fakeServer, instanceParams, okResponse } from './fake-server.ts';

const prelude = readFileSync('test/fixtures/common-server.js', 'utf8');
const time = Math.floor(fakeNowMs / 1000);

// Building and type-checking the bundle take their time on a busy machine.
const timeoutMs = 60_000;

let bundle: string;
beforeAll(async () => {
  bundle = await buildBundle();
}, timeoutMs);

/** Run a script as the server does, in a realm that has nothing of Node's. */
const run = (code: string, globals: Record<string, unknown>) => {
  // An engine may forbid code that is made of text; the bundle must not need it.
  const context = createContext(
    { ...globals },
    { codeGeneration: { strings: false, wasm: false } },
  );
  const before = Object.keys(context);
  const returned = runInContext(`(function () {\n${code}\n})()`, context);
  const leaked = Object.keys(context).filter((name) => !before.includes(name));
  // Objects of another realm have another Object.prototype; JSON is what the server keeps of them.
  return { answer: JSON.parse(JSON.stringify(returned)), leaked };
};

const serverGlobals = (command: string, responses: readonly unknown[], args = {}) => {
  const { http } = fakeServer({}, responses);
  return { command, params: instanceParams, args, http };
};

describe('the bundle for XSOAR', () => {
  it('runs where there is nothing but what every server gives', () => {
    const globals = serverGlobals('duo-check', [okResponse({ time })]);
    const { answer, leaked } = run(bundle, globals);
    expect(answer).toMatchObject({ Type: 1, Contents: { response: { time } } });
    expect(leaked).toEqual([]);
  });

  it("is not disturbed by the server's own library in front of it", () => {
    const globals = serverGlobals(
      'duo-preauth',
      [okResponse({ result: 'deny', status_msg: 'no' })],
      {
        username: 'Zoë',
      },
    );
    const { answer, leaked } = run(`${prelude}\n${bundle}`, globals);
    expect(answer.EntryContext['Duo.PreAuth'].Response).toEqual({
      Result: 'deny',
      StatusMessage: 'no',
    });
    // Strict mode did not reach the library, whose loop leaks its variable as it always has.
    expect(leaked).toEqual(['param']);
  });

  it("finds a vault's keys as the server's library leaves them", () => {
    const { identifier: user, password } = instanceParams.credentials;
    const vault = { user, password, vaultInstanceId: 'vault', sshkey: '' };
    const credentials = { identifier: '', password: '', credential: 'stored', credentials: vault };
    const globals = serverGlobals('duo-check', [okResponse({ time })]);
    const params = { ...instanceParams, credentials };
    const { answer } = run(`${prelude}\n${bundle}`, { ...globals, params });
    expect(answer).toMatchObject({ Type: 1 });
    // The library did its part, so this is what a script meets on a server.
    expect(credentials.identifier).toBe(user);
  });

  it('reads the version of the server and writes to its log', () => {
    const logs: string[] = [];
    const { answer } = run(bundle, {
      ...serverGlobals('duo-authenticate', [okResponse({ txid: 't-1' })], {
        username: 'alice',
        polling: 'true',
      }),
      demistoVersion: () => ({ version: '8.4.0' }),
      logDebug: (text: string) => logs.push(text),
      wait: () => undefined,
    });
    expect(answer).toHaveProperty('PollingCommand');
    expect(logs).toEqual(['Duo Auth API: running duo-authenticate.']);
  });

  it.each(['logDebug', 'demistoVersion', 'wait'])('gives the answer where %s throws', (name) => {
    const broken = () => {
      throw new Error("the server's own trouble");
    };
    const globals = { ...serverGlobals('duo-check', [okResponse({ time })]), [name]: broken };
    expect(run(bundle, globals).answer).toMatchObject({ Type: 1 });
  });

  it('runs a command whose arguments the server leaves out', () => {
    const globals = { ...serverGlobals('duo-check', [okResponse({ time })]), args: undefined };
    expect(run(bundle, globals).answer).toMatchObject({ Type: 1 });
  });

  it('is small enough, and our part of it is readable', () => {
    expect(Buffer.byteLength(bundle)).toBeLessThan(160 * 1024);
    const [ours = '', libraries = ''] = bundle.split('\n// The libraries.\n');
    expect(ours.split('\n').filter((line) => line.length > 400)).toEqual([]);
    // Help texts stay in: an administrator reads what each argument is.
    expect(ours).toContain('How long to wait for the user, in seconds.');
    expect(libraries.split('\n').filter((line) => line.length > 400)).toHaveLength(1);
  });

  it('says what it is, and carries the licenses of what is inside', () => {
    expect(bundle).toMatch(/^\/\*\n \* Duo Auth API for Cortex XSOAR, version \d+\.\d+\.\d+\. MIT/);
    const [ours = '', libraries = ''] = bundle.split('\n// The libraries.\n');
    expect(ours).not.toContain('Copyright');
    for (const holder of ['Fedor Indutny', 'Dan Kogai', 'Kasper Unn Weihe', 'Microsoft']) {
      expect(libraries).toContain(holder);
    }
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
    const { version, integrity } = packages['node_modules/hash.js'];
    expect(libraries).toContain(`hash.js ${version}, MIT. Copyright`);
    expect(libraries).toContain(integrity);
  });
});
