import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { CookieBrowser } from '../../testing/cookie-browser.ts';
import { freePort } from '../../testing/free-port.ts';
import { writeUsers } from '../../testing/running-gateway.ts';

let simulator: Simulator;
let folder: string;
let port: number;
beforeAll(async () => {
  simulator = await startSimulator();
  folder = mkdtempSync(join(tmpdir(), 'xsoar-duo-cli-'));
  writeUsers(join(folder, 'users'), ['bob', 'alice', 'admin']);
  port = await freePort();
});
afterAll(async () => {
  await simulator.close();
  rmSync(folder, { recursive: true, force: true });
});

const write = (name: string, more = ''): string => {
  const file = join(folder, name);
  writeFileSync(
    file,
    `
listen: ${port}
public_url: http://localhost:${port}
duo: { hostname: '${simulator.hostname}', ikey: ${simulator.ikey}, skey: { env: DUO_SKEY }, ca_file: '${simulator.caFile}' }
first_factor: { type: htpasswd, file: users }
safe_accounts: [admin]
${more}`,
  );
  return file;
};

const call = (
  args: readonly string[],
  env: Record<string, string> = { DUO_SKEY: simulator.skey },
) => {
  const stop = new AbortController();
  const streams = {
    stdin: new PassThrough(),
    stdout: new PassThrough(),
    stderr: new PassThrough(),
  };
  const text = { out: '', err: '' };
  streams.stdout.on('data', (chunk) => {
    text.out += chunk;
  });
  streams.stderr.on('data', (chunk) => {
    text.err += chunk;
  });
  const code = runProgram(['login', ...args], {
    ...streams,
    env,
    signal: stop.signal,
    now: Date.now,
  });
  return { code, text, stop };
};

describe('xsoar-duo login', () => {
  it('prints one line once it listens, keeps the audit stream, lists and ends sessions', async () => {
    const config = write('login.yml', 'control_socket: control.sock');
    const { code, text, stop } = call(['--config', config, '--json']);
    await expect
      .poll(() => text.out, { timeout: 10_000 })
      .toBe(`{"url":"http://127.0.0.1:${port}"}\n`);
    expect(statSync(join(folder, 'control.sock')).mode & 0o777).toBe(0o600);

    const browser = new CookieBrowser(`http://localhost:${port}`);
    await browser.signIn('bob');
    expect((await browser.get('/auth/verify')).status).toBe(200);
    expect(text.err).toContain('"result":"granted"');

    const listing = call(['--config', config, '--sessions']);
    expect(await listing.code).toBe(0);
    expect(listing.text.out).toMatch(/^[\w-]{43} {2}bob {2}127\.0\.0\.1 {2}bypass {2}0 min old/);
    const [name = ''] = listing.text.out.split(' ');
    const ending = call(['--config', config, '--end', name]);
    expect(await ending.code).toBe(0);
    expect(ending.text.out).toBe('1 ended\n');
    expect((await browser.get('/auth/verify')).status).toBe(401);

    await browser.signIn('bob');
    const endingAll = call(['--config', config, '--end-user', 'BOB', '--json']);
    await endingAll.code;
    expect(endingAll.text.out).toBe('{"ended":1}\n');

    stop.abort();
    expect(await code).toBe(0);
  });

  it('checks what the settings name', async () => {
    const good = call(['--config', write('good.yml'), '--check']);
    expect(await good.code).toBe(0);
    expect(good.text.out).toContain('ok    Duo: Duo answers and takes the keys');
    expect(good.text.out).toContain('ok    First factor: 3 users in the password file');

    const bad = call(['--config', write('bad.yml'), '--check'], { DUO_SKEY: 'wrong-key' });
    expect(await bad.code).toBe(1);
    expect(bad.text.out).toMatch(/FAIL {2}Duo: .*40103.*Copy the secret key again/);
    expect(bad.text.out + bad.text.err).not.toContain('wrong-key');
  });

  it('does not pass a proxy that asks no one', async () => {
    let answer = { status: 200, page: 'open to all' };
    const proxy = createHttpServer((request, response) => {
      const isLogin = request.url?.startsWith('/auth/') === true;
      response.writeHead(isLogin ? 200 : answer.status);
      response.end(isLogin ? answer.page : 'Hello');
    }).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const origin = `http://localhost:${(proxy.address() as AddressInfo).port}`;
    const config = write('proxy.yml');
    const check = async () => {
      const yaml = readFileSync(config, 'utf8').replace(`http://localhost:${port}`, origin);
      writeFileSync(join(folder, 'checked.yml'), yaml);
      const { code, text } = call(['--config', join(folder, 'checked.yml'), '--check']);
      return [await code, /^.*Proxy: .*$/m.exec(text.out)?.[0].replace(origin, 'ORIGIN')];
    };
    expect(await check()).toEqual([
      1,
      'FAIL  Proxy: ORIGIN/auth/login answers 200, and not with the page of this gateway.',
    ]);
    answer = { status: 200, page: '<main data-base="/auth">' };
    expect(await check()).toEqual([
      1,
      'FAIL  Proxy: ORIGIN/ answers 200 instead of 401 to a request without a session: it does not ask the gateway.',
    ]);
    answer = { ...answer, status: 401 };
    expect(await check()).toEqual([
      0,
      'ok    Proxy: ORIGIN has the login, and passes nothing without one',
    ]);
    proxy.close();
    proxy.closeAllConnections();
    await once(proxy, 'close');
    const [code, line] = await check();
    expect([code, line]).toEqual([0, expect.stringContaining('cannot be reached from here')]);
  });

  it('unlocks a user, and says so in the audit stream', async () => {
    const config = write('unlock.yml', 'control_socket: unlock.sock');
    const { code, text, stop } = call(['--config', config, '--json']);
    await expect.poll(() => text.out, { timeout: 10_000 }).toContain('"url"');
    const unlocking = call(['--config', config, '--unlock', 'alice']);
    expect(await unlocking.code).toBe(0);
    expect(unlocking.text.out).toBe('alice was not locked\n');
    expect(text.err).toContain('"event":"unlocked","result":"was-not-locked","user":"alice"');
    stop.abort();
    await code;
  });

  it('writes JSON lines and nothing else to standard output', async () => {
    const { code, text, stop } = call(['--config', write('plain.yml')]);
    await expect.poll(() => text.err, { timeout: 10_000 }).toContain('listens at');
    const browser = new CookieBrowser(`http://localhost:${port}`);
    await browser.signIn('bob');
    await expect.poll(() => text.out).toContain('"result":"granted"');
    for (const line of text.out.trim().split('\n')) {
      expect(JSON.parse(line)).toHaveProperty('event');
    }
    stop.abort();
    await code;
  });

  it('ends with 2 when the start fails, and --check is as red', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port: taken } = blocker.address() as AddressInfo;
    const config = write(
      'taken.yml',
      `metrics_listen: ${taken}\naudit_file: absent/audit\nbrand: { logo_file: absent.png }`,
    );
    const starting = call(['--config', config]);
    expect(await starting.code).toBe(2);
    expect(starting.text.err).toContain('brand.logo_file: names a file or folder that does not');
    expect(starting.text.err).toContain('audit_file: names a file or folder that does not');
    const checking = call(['--config', config, '--check']);
    expect(await checking.code).toBe(1);
    expect(checking.text.out).toContain('FAIL  Start: audit_file: names a file');

    const onlyPort = write('port.yml', `metrics_listen: ${taken}`);
    const again = call(['--config', onlyPort]);
    expect(await again.code).toBe(2);
    expect(again.text.err).toContain('metrics_listen: is in use already');
    // What was acquired before is given back: the same port can be taken at once.
    const good = call(['--config', write('after.yml'), '--check']);
    expect(await good.code).toBe(0);
    blocker.close();
  });

  it('does not pass a check with a safe account that does not exist', async () => {
    const yaml = write('absent.yml');
    writeFileSync(yaml, readFileSync(yaml, 'utf8').replace('[admin]', '[admin, Bob]'));
    const { code, text } = call(['--config', yaml, '--check']);
    expect(await code).toBe(1);
    expect(text.out).toContain('FAIL  Safe accounts: The first factor does not know');
    expect(text.out).toContain('Bob');
  });

  it('ends with 2 for settings that cannot work, with every fault', async () => {
    const { code, text } = call([
      '--config',
      write('broken.yml', 'failmode: open\ncolor: red\nfailmod: safe'),
    ]);
    expect(await code).toBe(2);
    expect(text.err).toContain('failmod: is not a setting; did you mean failmode?');
    expect(text.err).toContain('failmode: must be secure or safe');
    expect(text.err).toContain('color: is not a setting');
  });

  it.each([
    [['--config', '/nowhere/login.yml'], 'cannot be read'],
    [[], 'required option'],
  ])('ends with 2 for %j', async (args, expected) => {
    const { code, text } = call(args);
    expect(await code).toBe(2);
    expect(text.err).toContain(expected);
  });

  it('says when sessions are out of reach', async () => {
    const { code, text } = call(['--config', write('no-socket.yml'), '--sessions']);
    expect(await code).toBe(2);
    expect(text.err).toContain('control_socket');
  });
});
