import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { call, callOk } from '../simulator/duo-caller.ts';
import { accessibilityFaults, chromiumPath, quietArguments, shoot } from './browser-page.ts';
import { describePeer, missingFile } from './peer.ts';
import { openPhonePage, sendPush } from './phone-page.ts';

describePeer('the log and its panels in Chromium', missingFile(chromiumPath), () => {
  let browser: Browser;
  let simulator: Simulator;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath, args: quietArguments });
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    simulator = await startSimulator();
  });
  afterEach(() => simulator.close());

  const openPhone = (user: string, options?: BrowserContextOptions) =>
    openPhonePage(browser, simulator, user, options);
  const push = (username: string, more?: Record<string, string>) =>
    sendPush(simulator, username, more);

  it('lists requests as they come, and filters them', async () => {
    const page = await openPhone('grace');
    await callOk(simulator, 'GET', 'check');
    await callOk(simulator, 'POST', 'preauth', { username: 'bob' });
    await page.getByRole('cell', { name: 'POST /auth/v2/preauth' }).waitFor();
    expect(await page.locator('#log-rows tr').count()).toBe(2);
    await page.keyboard.press('/');
    await page.keyboard.type('bob allow');
    expect(await page.locator('#log-rows tr').count()).toBe(1);
    expect(await page.locator('#log-rows tr').textContent()).toContain('v2/sha512');
  });

  it('explains a wrong signature, with the first difference marked, by keyboard alone', async () => {
    const page = await openPhone('grace', { viewport: { width: 1280, height: 900 } });
    const wrong = { signedHost: 'LOCALHOST' };
    await call(simulator, 'POST', 'preauth', { username: 'alice' }, wrong);
    const request = page.getByRole('button', { name: 'POST /auth/v2/preauth' });
    await request.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'POST /auth/v2/preauth' });
    await dialog.getByText('The host must be signed in lower case.').waitFor();
    expect(await dialog.locator('.differs mark').allTextContents()).toEqual(['l', 'L']);
    await shoot(page, 'simulator-signature');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await dialog.isVisible()).toBe(false);
  });

  it('adds a fault and removes it', async () => {
    const page = await openPhone('grace');
    await page.getByText('Faults', { exact: true }).click();
    await page.getByLabel('Kind').selectOption('html');
    await page.getByLabel('Only for').fill('alice');
    await page.getByRole('button', { name: 'Add fault' }).click();
    const remove = page.getByRole('button', { name: /^Remove html/ });
    await remove.waitFor();
    await shoot(page, 'simulator-faults');
    expect(await accessibilityFaults(page)).toEqual([]);
    expect((await call(simulator, 'POST', 'preauth', { username: 'alice' })).status).toBe(502);
    await remove.click();
    await remove.waitFor({ state: 'detached' });
    expect(simulator.control.faults()).toEqual([]);
  });

  it('shows a request on arrival, and its end in the same row', async () => {
    const page = await openPhone('grace');
    const answer = push('grace');
    await page.getByRole('cell', { name: 'in progress' }).waitFor();
    // The request is in the log before its push is on the phone.
    await page.getByRole('article').waitFor();
    await page.keyboard.press('a');
    expect(await answer).toMatchObject({ result: 'allow' });
    await page.getByRole('cell', { name: 'allow/allow' }).waitFor();
    expect(await page.locator('#log-rows tr').count()).toBe(1);
  });

  it.each(['light', 'dark'] as const)('can be shown around: %s', async (colorScheme) => {
    const page = await openPhone('grace', {
      colorScheme,
      viewport: { width: 1280, height: 900 },
    });
    for (const username of ['alice', 'bob', 'carol', 'dave']) {
      await callOk(simulator, 'POST', 'preauth', { username });
    }
    await callOk(simulator, 'POST', 'auth', { username: 'erin', factor: 'push', device: 'auto' });
    simulator.control.setFaults([{ kind: 'html', status: 502, count: 1 }]);
    await call(simulator, 'GET', 'check');
    await call(simulator, 'GET', 'check', {}, { skey: 'wrong'.repeat(8), version: 5 });
    const answer = push('grace');
    await page.getByRole('article').waitFor();
    await page.getByRole('cell', { name: 'in progress' }).waitFor();
    expect(await page.locator('#log-rows tr').count()).toBe(8);
    await shoot(page, `simulator-${colorScheme}`);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Approve' }).click();
    expect(await answer).toMatchObject({ result: 'allow' });
  });
});
