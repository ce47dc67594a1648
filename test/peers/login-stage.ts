import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { passwordOf } from '../../testing/cookie-browser.ts';
import { freePort } from '../../testing/free-port.ts';
import { makeAuthority } from '../../testing/openssl-chain.ts';
import { startGateway, type TestGateway } from '../../testing/running-gateway.ts';
import { programs, startProxy } from './front-proxies.ts';
import { missingFile } from './peer.ts';
import { type SmallApplication, startApplication } from './small-application.ts';

const { CHROMIUM: executablePath = '/usr/bin/chromium' } = process.env;

/** What a suite on a stage needs and does not find. */
export const missingForStage = missingFile(executablePath, programs.nginx);

const { SCREENSHOTS: screenshots } = process.env;

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const keys = { ikey: 'DIXXXXXXXXXXXXXXXXXX', skey: 'deadbeefdeadbeefdeadbeefdeadbeefdeadbeef' };

/** What a story in the browser is played on. */
export interface Stage {
  readonly simulator: () => Simulator;
  /** The small application behind nginx and a gateway. */
  open(settings?: Readonly<Record<string, string>>): Promise<TestGateway>;
  page(options?: BrowserContextOptions): Promise<Page>;
  /** User name and password, as a person types them. */
  signIn(page: Page, gateway: TestGateway, user: string, path?: string): Promise<void>;
  /** The same on the page of the login. */
  typeIn(page: Page, user: string): Promise<void>;
  /** The phone page of the simulator, with this user's phone. */
  phone(user: string): Promise<Page>;
  /** Keep a picture, where SCREENSHOTS names a folder, and let axe-core look at the page. */
  look(page: Page, name: string): Promise<void>;
}

/** Set up browser, simulator and application around the tests of a suite. */
export const createStage = (): Stage => {
  let browser: Browser;
  let simulator: Simulator;
  let application: SmallApplication;
  const closers: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: quiet });
    [simulator, application] = await Promise.all([
      startSimulator({
        config: {
          integrations: [
            {
              ...keys,
              rememberDevicesHours: 24,
              verifiedPush: { digits: 6, groups: ['verified'] },
            },
          ],
        },
      }),
      startApplication(),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([simulator?.close(), application?.close()]);
  });
  afterEach(async () => {
    await Promise.all(closers.splice(0).map((close) => close()));
  });
  beforeEach(() => {
    simulator.control.reset();
    simulator.control.setFaults([]);
  });

  const page = async (options: BrowserContextOptions = {}): Promise<Page> => {
    const context = await browser.newContext({
      ignoreHTTPSErrors: true,
      viewport: { width: 760, height: 820 },
      ...options,
    });
    context.setDefaultTimeout(10_000);
    return context.newPage();
  };

  const typeIn = async (on: Page, user: string): Promise<void> => {
    await on.getByLabel('User name').fill(user);
    await on.getByLabel('Password').fill(passwordOf(user));
    await on.getByRole('button', { name: 'Continue' }).click();
  };

  return {
    simulator: () => simulator,
    open: async (settings = {}) => {
      const ports = {
        https: await freePort(),
        http: await freePort(),
        gateway: await freePort(),
        upstream: Number(new URL(application.url).port),
      };
      const origin = `https://localhost:${ports.https}`;
      const gateway = await startGateway({
        simulator,
        port: ports.gateway,
        env: { REMEMBER: 'r'.repeat(40) },
        settings: {
          public_url: origin,
          trusted_proxies: '[127.0.0.1]',
          brand: '{ name: Example SOC }',
          ...settings,
        },
      });
      const folder = mkdtempSync(join(tmpdir(), 'xsoar-duo-nginx-'));
      const authority = makeAuthority(folder, 'stage');
      const certificate = authority.sign('localhost');
      const caFile = authority.certFile;
      const nginx = await startProxy('nginx', 'application', {
        folder,
        certificate,
        caFile,
        ports,
      });
      closers.push(async () => {
        await nginx.stop('SIGKILL');
        rmSync(folder, { recursive: true, force: true });
      });
      return { ...gateway, origin };
    },
    page,
    signIn: async (on, gateway, user, path = '/') => {
      await on.goto(gateway.origin + path);
      await typeIn(on, user);
    },
    typeIn,
    phone: async (user) => {
      const phone = await page();
      await phone.goto(simulator.phoneUrl);
      await phone.getByText('Live', { exact: true }).waitFor();
      await phone.getByRole('combobox', { name: /^User/ }).selectOption({ label: user });
      return phone;
    },
    look: async (on, name) => {
      if (screenshots) {
        mkdirSync(screenshots, { recursive: true });
        await on.screenshot({ path: `${screenshots}/${name}.png` });
      }
      // The policy of the pages lets no script of others in; the debugger's world is outside of it.
      const session = await on.context().newCDPSession(on);
      await session.send('Runtime.evaluate', { expression: readFileSync(axePath, 'utf8') });
      const { result } = await session.send('Runtime.evaluate', {
        expression: `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
          .then(({ violations }) => JSON.stringify(violations.map(({ id, nodes }) => id + ': ' + nodes[0].html)))`,
        awaitPromise: true,
      });
      expect(JSON.parse(String(result.value)), `axe-core on ${name}`).toEqual([]);
    },
  };
};
