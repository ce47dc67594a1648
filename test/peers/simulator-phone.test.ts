import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { callOk } from '../simulator/duo-caller.ts';
import { accessibilityFaults, chromiumPath, quietArguments, shoot } from './browser-page.ts';
import { describePeer, missingFile } from './peer.ts';
import { openPhonePage, sendPush, userPicker } from './phone-page.ts';

describePeer('the phone page in Chromium', missingFile(chromiumPath), () => {
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

  it('shows what a push carries, and Approve lets in', async () => {
    const page = await openPhone('grace');
    const answer = push('grace');
    const card = page.getByRole('article');
    await card.waitFor();
    for (const text of ['Cortex XSOAR', 'Close incident', 'grace', '192.0.2.7', 'wks01']) {
      expect(await card.getByText(text, { exact: true }).count()).toBe(1);
    }
    expect(await card.getByText('INC-1042').count()).toBe(1);
    expect(await card.getByText('Grace & team').count()).toBe(1);
    await page.getByRole('button', { name: 'Approve' }).click();
    expect(await answer).toMatchObject({ result: 'allow', status: 'allow' });
    await card.getByText('Approved').waitFor();
  });

  it('denies by button and reports fraud by key', async () => {
    const page = await openPhone('grace');
    const denied = push('grace');
    await page.getByRole('button', { name: 'Deny' }).click();
    expect(await denied).toMatchObject({ result: 'deny', status: 'deny' });
    await page.getByRole('article').getByText('Denied').waitFor();
    const reported = push('grace');
    await page.getByRole('button', { name: 'Report fraud' }).waitFor();
    await page.keyboard.press('f');
    expect(await reported).toMatchObject({ result: 'deny', status: 'fraud' });
  });

  it('wants the code of a verified push, and not another', async () => {
    const page = await openPhone('vera', { colorScheme: 'dark' });
    const { txid, verification_code } = await callOk(simulator, 'POST', 'preauth', {
      username: 'vera',
      client_supports_verified_push: '1',
    });
    const answer = push('vera', { txid: String(txid) });
    const code = page.getByLabel('Code shown at the login');
    const right = String(verification_code);
    await code.fill(right === '000000' ? '000001' : '000000');
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('That code is not right.').waitFor();
    await shoot(page, 'phone-verified-push');
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(simulator.control.pending()).toHaveLength(1);
    await code.fill(right);
    await code.press('Enter');
    expect(await answer).toMatchObject({ result: 'allow' });
  });

  it('shows the code of a text message, good once', async () => {
    const page = await openPhone('grace');
    await callOk(simulator, 'POST', 'auth', { username: 'grace', factor: 'sms', device: 'auto' });
    const passcode = (await page.locator('.sms-codes code').first().textContent()) ?? '';
    const use = () =>
      callOk(simulator, 'POST', 'auth', { username: 'grace', factor: 'passcode', passcode });
    await shoot(page, 'phone-sms');
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await use()).toMatchObject({ result: 'allow' });
    expect(await use()).toMatchObject({ result: 'deny' });
  });

  it('shows passcodes of Duo Mobile, each good once', async () => {
    const page = await openPhone('grace');
    const read = async () => (await page.locator('.digits').getAttribute('data-code')) ?? '';
    const use = (passcode: string) =>
      callOk(simulator, 'POST', 'auth', { username: 'grace', factor: 'passcode', passcode });
    await page.getByText('Next passcode').waitFor();
    const first = await read();
    expect(await use(first)).toMatchObject({ result: 'allow' });
    expect(await use(first)).toMatchObject({ result: 'deny' });
    await page.getByRole('button', { name: 'Next passcode' }).click();
    await expect.poll(read).not.toBe(first);
    expect(await use(await read())).toMatchObject({ result: 'allow' });
  });

  it('picks a call up and presses the key', async () => {
    const page = await openPhone('grace');
    const answer = callOk(simulator, 'POST', 'auth', {
      username: 'grace',
      factor: 'phone',
      device: 'auto',
    });
    await page.getByText('Incoming call', { exact: true }).waitFor();
    await shoot(page, 'phone-call');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Answer' }).click();
    await page.getByRole('button', { name: 'Press #' }).click();
    expect(await answer).toMatchObject({ result: 'allow', status: 'allow' });
  });

  it('takes a new account on, which can then authenticate', async () => {
    const page = await openPhone('alice');
    const enrolled = await callOk(simulator, 'POST', 'enroll', { username: 'henry' });
    const { user_id, activation_code } = enrolled;
    const status = () =>
      callOk(simulator, 'POST', 'enroll_status', {
        user_id: String(user_id),
        activation_code: String(activation_code),
      });
    expect(await status()).toBe('waiting');
    await page.getByText('Add an account').click();
    await page.getByRole('button', { name: 'Use the code of henry' }).click();
    await page.getByLabel('Phone name').fill('Pixel');
    await shoot(page, 'phone-enrollment');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Add account' }).click();
    await page.getByText('Added: Pixel').waitFor();
    expect(await status()).toBe('success');
    await userPicker(page).selectOption({ label: 'henry' });
    const answer = push('henry');
    await page.getByRole('button', { name: 'Approve' }).click();
    expect(await answer).toMatchObject({ result: 'allow' });
  });

  it('adds a phone on the page that a link of preauth leads to', async () => {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    const answer = await callOk(simulator, 'POST', 'preauth', { username: 'dave' });
    await page.goto(String(answer.enroll_portal_url));
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByLabel('Name').fill("Dave's phone");
    await shoot(page, 'portal');
    await page.getByRole('button', { name: 'Add this phone' }).click();
    await page.getByRole('heading', { name: 'Phone added' }).waitFor();
    expect(await callOk(simulator, 'POST', 'preauth', { username: 'dave' })).toMatchObject({
      result: 'auth',
      devices: [{ name: "Dave's phone" }],
    });
  });

  it('turns to the user with a push, and counts the pushes of others', async () => {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    await page.goto(simulator.phoneUrl);
    await page.getByText('Live', { exact: true }).waitFor();
    const answers = [push('tim'), push('vera')];
    await page.getByRole('article').first().waitFor();
    const label = userPicker(page).locator('option:checked');
    const options = userPicker(page).locator('option');
    await options.filter({ hasText: 'vera (1)' }).waitFor({ state: 'attached' });
    expect(await label.textContent()).toMatch(/^(tim|vera) \(1\)$/);
    await page.getByRole('button', { name: 'Approve' }).click();
    await options.filter({ hasText: '(1)' }).nth(1).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Approve' }).click();
    expect(await Promise.all(answers)).toMatchObject([{ result: 'allow' }, { result: 'allow' }]);
  });

  it('shows two users at once, each on a page of their own', async () => {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const open = async (username: string) => {
      const page = await context.newPage();
      await page.goto(simulator.phoneUrlFor(username));
      await page.getByText('Live', { exact: true }).waitFor();
      return page;
    };
    const [tim, vera] = [await open('tim'), await open('vera')];
    const answers = [push('tim'), push('vera')];
    await vera.getByRole('button', { name: 'Deny' }).click();
    await tim.getByRole('button', { name: 'Approve' }).click();
    expect(await Promise.all(answers)).toMatchObject([{ result: 'allow' }, { result: 'deny' }]);
    // A link to another user, opened where the page is open already.
    await tim.goto(simulator.phoneUrlFor('grace'));
    await userPicker(tim)
      .locator('option:checked', { hasText: 'grace' })
      .waitFor({ state: 'attached' });
  });

  it('fits a screen of 360 pixels', async () => {
    const page = await openPhone('grace', { viewport: { width: 360, height: 800 } });
    const answer = push('grace');
    await page.getByRole('article').waitFor();
    const overflow = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(overflow).toBeLessThanOrEqual(0);
    await shoot(page, 'simulator-narrow');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('a');
    expect(await answer).toMatchObject({ result: 'allow' });
  });

  it('shows nothing without the token', async () => {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    await page.goto(`${simulator.url}/phone`);
    await page.getByRole('heading', { name: 'Control token' }).waitFor();
    await shoot(page, 'phone-token');
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await userPicker(page).isVisible()).toBe(false);
    await page.getByRole('textbox', { name: 'Token' }).fill(simulator.controlToken);
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByText('Live', { exact: true }).waitFor();
  });
});
