import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { callOk } from '../simulator/duo-caller.ts';
import { accessibilityFaults, chromiumPath, quietArguments, shoot } from './browser-page.ts';
import { describePeer, missingFile } from './peer.ts';
import { sendPush } from './phone-page.ts';

describePeer('phones of several users in Chromium', missingFile(chromiumPath), () => {
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

  const open = async (usernames: readonly string[], viewport = { width: 1536, height: 900 }) => {
    const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport });
    const page = await context.newPage();
    page.setDefaultTimeout(5000);
    await page.goto(simulator.phoneUrlFor(...usernames));
    await page.getByText('Live', { exact: true }).waitFor();
    return page;
  };
  const push = (username: string, more?: Record<string, string>) =>
    sendPush(simulator, username, more);
  const phone = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
  const shownUser = (page: Page, name = 'Phone') =>
    phone(page, name).getByLabel('User').locator('option:checked').textContent();
  const focusedLabel = (page: Page) =>
    page.evaluate<string>('document.activeElement.textContent.trim()');
  const tabTo = async (page: Page, label: string) => {
    for (let presses = 0; presses < 80; presses += 1) {
      await page.keyboard.press('Tab');
      if ((await focusedLabel(page)) === label) {
        return;
      }
    }
    throw new Error(`No key leads to ${label}`);
  };

  it('shows two users at once on one page, live', async () => {
    const page = await open(['tim', 'grace']);
    const answers = [push('tim'), push('grace')];
    for (const name of ['Phone', 'Phone 2']) {
      await phone(page, name).getByRole('article').waitFor();
    }
    await shoot(page, 'simulator-two-phones');
    expect(await accessibilityFaults(page)).toEqual([]);
    await phone(page, 'Phone 2').getByRole('button', { name: 'Deny' }).click();
    await phone(page, 'Phone').getByRole('button', { name: 'Approve' }).click();
    expect(await Promise.all(answers)).toMatchObject([{ result: 'allow' }, { result: 'deny' }]);
  });

  it('adds a phone and puts one away, by keyboard alone', async () => {
    const page = await open(['grace'], { width: 1280, height: 900 });
    const waiting = push('vera');
    await page.getByRole('button', { name: 'vera: 1 pending' }).waitFor();
    await tabTo(page, 'Another phone');
    await page.keyboard.press('Enter');
    await phone(page, 'Phone 2').getByRole('article').waitFor();
    expect(await shownUser(page, 'Phone 2')).toBe('vera (1)');
    // The phone in use answers first.
    const other = push('grace');
    await phone(page, 'Phone').getByRole('article').waitFor();
    await tabTo(page, 'Deny');
    await page.keyboard.press('d');
    expect(await waiting).toMatchObject({ result: 'deny' });
    await phone(page, 'Phone 2').getByRole('status').filter({ hasText: 'Denied' }).waitFor();
    await page.keyboard.press('a');
    expect(await other).toMatchObject({ result: 'allow' });
    await tabTo(page, 'Close this phone');
    await page.keyboard.press('Enter');
    expect(await focusedLabel(page)).toBe('Another phone');
    expect(await page.locator('.handset').count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Close this phone' }).count()).toBe(0);
  });

  it('keeps its phones over a reload', async () => {
    const page = await open(['vera']);
    await page.getByRole('button', { name: 'Another phone' }).click();
    await phone(page, 'Phone 2').getByLabel('User').selectOption({ label: 'tim' });
    await page.reload();
    await page.getByText('Live', { exact: true }).waitFor();
    expect(await shownUser(page)).toBe('vera');
    expect(await shownUser(page, 'Phone 2')).toBe('tim');
  });

  it('offers a user with a push beside the one who was picked', async () => {
    const page = await open(['grace']);
    const answer = push('vera');
    const offer = page.getByRole('button', { name: 'vera: 1 pending' });
    await offer.waitFor();
    expect(await shownUser(page)).toBe('grace');
    await shoot(page, 'phone-others');
    expect(await accessibilityFaults(page)).toEqual([]);
    await offer.focus();
    await page.keyboard.press('Enter');
    expect(await shownUser(page)).toBe('vera (1)');
    expect(await page.evaluate('document.activeElement.dataset.part')).toBe('user');
    await page.getByRole('button', { name: 'Approve' }).click();
    expect(await answer).toMatchObject({ result: 'allow' });
  });

  it('turns to the device that has the push, unless another was picked', async () => {
    const page = await open(['grace']);
    const devices = simulator.control.users().find(({ username }) => username === 'grace')?.devices;
    const tablet = devices?.find(({ kind }) => kind === 'tablet')?.id ?? '';
    const picker = page.getByRole('combobox', { name: 'Device' });
    const first = push('grace', { device: tablet });
    await page.getByRole('button', { name: 'Approve' }).click();
    expect(await first).toMatchObject({ result: 'allow' });
    expect(await picker.inputValue()).toBe(tablet);
    const token = devices?.find(({ kind }) => kind === 'token')?.id ?? '';
    await picker.selectOption(token);
    const second = push('grace', { device: tablet });
    await picker.locator('option', { hasText: '(1)' }).waitFor({ state: 'attached' });
    expect(await picker.inputValue()).toBe(token);
    simulator.control.answer(simulator.control.pending()[0]?.txid ?? '', 'deny');
    expect(await second).toMatchObject({ result: 'deny' });
  });

  it('types the code of a verified push, by keyboard alone', async () => {
    const page = await open(['vera']);
    const { txid, verification_code: code } = await callOk(simulator, 'POST', 'preauth', {
      username: 'vera',
      client_supports_verified_push: '1',
    });
    const answer = push('vera', { txid: String(txid) });
    await page.getByRole('article').waitFor();
    await tabTo(page, 'Approve');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.type(String(code));
    await page.keyboard.press('Enter');
    expect(await answer).toMatchObject({ result: 'allow' });
  });

  it('answers a call, by keyboard alone', async () => {
    const page = await open(['grace']);
    const called = push('grace', { factor: 'phone' });
    await page.getByText('Incoming call', { exact: true }).waitFor();
    await tabTo(page, 'Answer');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Press #' }).waitFor();
    expect(await focusedLabel(page)).toBe('Press #');
    await page.keyboard.press('Enter');
    expect(await called).toMatchObject({ result: 'allow' });
  });
});
