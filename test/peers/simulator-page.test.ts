import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { call, callOk } from '../simulator/duo-caller.ts';
import { accessibilityFaults, chromiumPath, quietArguments, shoot } from './browser-page.ts';
import { describePeer, missingFile } from './peer.ts';
import { openPhonePage, sendPush, userPicker } from './phone-page.ts';

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

  it('says that an exchange is gone with a reset', async () => {
    const page = await openPhone('grace');
    await callOk(simulator, 'GET', 'check');
    const request = page.getByRole('button', { name: 'GET /auth/v2/check' });
    await request.waitFor();
    simulator.control.reset();
    await request.click();
    const dialog = page.getByRole('dialog', { name: 'GET /auth/v2/check' });
    await dialog.getByText('This exchange is no longer kept.').waitFor();
    expect(await dialog.getByRole('heading', { name: 'Request' }).count()).toBe(0);
  });

  // What a person without a mouse does; focus is only ever moved by keys.
  const tabTo = async (page: Page, name: string): Promise<void> => {
    for (let presses = 0; presses < 80; presses += 1) {
      await page.keyboard.press('Tab');
      const label = await page.evaluate(
        `document.activeElement.closest('.controls') &&
          (document.activeElement.ariaLabel ??
            (document.activeElement.labels?.[0]?.firstChild ?? document.activeElement).textContent.trim())`,
      );
      if (label === name) {
        return;
      }
    }
    throw new Error(`No key leads to ${name}`);
  };

  const said = (page: Page, text: string) =>
    page.locator('.controls [role=status]', { hasText: text }).waitFor();

  it('adds, changes and removes a fault, by keyboard alone', async () => {
    const page = await openPhone('grace', { viewport: { width: 1280, height: 900 } });
    const statusOf = async (username: string) =>
      (await call(simulator, 'POST', 'preauth', { username })).status;
    await tabTo(page, 'Faults');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Kind');
    await page.keyboard.type('html');
    await tabTo(page, 'Only for');
    await page.keyboard.type('alice');
    await page.keyboard.press('Enter');
    await said(page, 'html was added.');
    expect(await statusOf('alice')).toBe(502);

    await tabTo(page, 'Change html, status: 502, username: alice');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Page status');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('503');
    await shoot(page, 'simulator-faults');
    expect(await accessibilityFaults(page)).toEqual([]);
    await tabTo(page, 'Save fault');
    await page.keyboard.press('Enter');
    await said(page, 'html was changed.');
    expect(simulator.control.faults()).toEqual([{ kind: 'html', status: 503, username: 'alice' }]);
    expect(await statusOf('alice')).toBe(503);

    await tabTo(page, 'Remove html, status: 503, username: alice');
    await page.keyboard.press('Enter');
    await said(page, 'html was removed.');
    await page.locator('#faults-panel summary:focus').waitFor();
    expect(await statusOf('alice')).toBe(200);
  });

  it('shows faults that are set from elsewhere, and refuses an impossible one', async () => {
    const page = await openPhone('grace');
    await page.getByText('Faults', { exact: true }).click();
    simulator.control.setFaults([{ kind: 'latency', seconds: 2, probability: 0.5 }]);
    await page.getByRole('button', { name: 'Change latency, seconds: 2' }).click();
    const seconds = page.getByLabel('Seconds', { exact: true });
    expect(await seconds.inputValue()).toBe('2');
    simulator.control.setFaults([{ kind: 'reset', afterwards: true }]);
    await page.getByRole('button', { name: 'Add fault' }).waitFor();
    expect(await seconds.inputValue()).toBe('3');
    await page.getByLabel('Kind').selectOption('error');
    await page.getByLabel('Code', { exact: true }).fill('40000');
    await page.getByRole('button', { name: 'Add fault' }).click();
    await said(page, 'faults.1.code');
    expect(simulator.control.faults()).toEqual([{ kind: 'reset', afterwards: true }]);
  });

  it('adds and changes a user and devices, by keyboard alone', async () => {
    const page = await openPhone('grace', { viewport: { width: 1280, height: 1100 } });
    await tabTo(page, 'Users and devices');
    await page.keyboard.press('Enter');
    await tabTo(page, 'New user');
    await page.keyboard.type('zoe');
    await page.keyboard.press('Tab');
    await page.keyboard.type('staff, night shift');
    await page.keyboard.press('Enter');
    await said(page, 'zoe was added.');
    const zoe = () => simulator.control.users().find(({ username }) => username === 'zoe');
    expect(zoe()).toMatchObject({ groups: ['staff', 'night shift'], devices: [] });

    await userPicker(page).selectOption({ label: 'zoe' });
    await tabTo(page, 'New device');
    await page.keyboard.type('sm');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Pixel');
    await page.keyboard.press('Tab');
    await page.keyboard.type('555');
    await page.keyboard.press('Enter');
    await said(page, 'is no phone number');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('+1 734 555 0111');
    await page.keyboard.press('Enter');
    await said(page, 'zoe has another device.');
    expect(zoe()?.devices).toMatchObject([{ kind: 'smartphone', reachable: true }]);

    await userPicker(page).focus();
    await tabTo(page, 'Habit');
    await page.keyboard.type('app');
    await tabTo(page, 'Save user');
    await page.keyboard.press('Enter');
    await said(page, 'zoe was changed.');
    expect(await push('zoe')).toMatchObject({ result: 'allow' });

    await userPicker(page).focus();
    await tabTo(page, 'Turn off Pixel (XXX-XXX-0111)');
    await page.keyboard.press('Enter');
    await said(page, 'is off.');
    expect(zoe()?.devices).toMatchObject([{ reachable: false }]);
    await page.locator('#users-panel summary:focus').waitFor();
    await shoot(page, 'simulator-users');
    expect(await accessibilityFaults(page)).toEqual([]);

    await tabTo(page, 'Remove Pixel (XXX-XXX-0111)');
    await page.keyboard.press('Enter');
    await said(page, 'was removed.');
    expect(zoe()?.devices).toEqual([]);
    await userPicker(page).focus();
    await tabTo(page, 'Remove user');
    await page.keyboard.press('Enter');
    await said(page, 'zoe was removed.');
    expect(zoe()).toBeUndefined();
  });

  it.each([
    ['dark', 1280],
    ['light', 360],
  ] as const)('shows users and devices: %s, %d pixels wide', async (colorScheme, width) => {
    const page = await openPhone('grace', { colorScheme, viewport: { width, height: 1100 } });
    await page.getByText('Users and devices').click();
    await page.locator('#users-panel').scrollIntoViewIfNeeded();
    const overflow = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(overflow).toBeLessThanOrEqual(0);
    await shoot(page, `simulator-users-${colorScheme}`);
    expect(await accessibilityFaults(page)).toEqual([]);
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
