import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/index.ts';
import {
  accessibilityFaults,
  chromiumPath,
  quietArguments,
  shoot,
} from '../../testing/browser-page.ts';
import { call, callOk } from '../../testing/duo-caller.ts';
import { describePeer, missingFile } from '../../testing/peer.ts';

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

  const openPhone = async (user: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const context = await browser.newContext({ ignoreHTTPSErrors: true, ...options });
    const page = await context.newPage();
    await page.goto(simulator.phoneUrl);
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByLabel('User').selectOption({ label: user });
    return page;
  };

  const push = (username: string, more: Record<string, string> = {}) =>
    callOk(simulator, 'POST', 'auth', {
      username,
      factor: 'push',
      device: 'auto',
      ipaddr: '192.0.2.7',
      hostname: 'wks01',
      type: 'Close incident',
      pushinfo: 'Incident=INC-1042&Requested+by=Grace%20%26%20team',
      ...more,
    });

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
    expect(simulator.control.pending()).toHaveLength(1);
    await code.fill(right);
    await code.press('Enter');
    expect(await answer).toMatchObject({ result: 'allow' });
  });

  it('shows the code of a text message, good once', async () => {
    const page = await openPhone('grace');
    await callOk(simulator, 'POST', 'auth', { username: 'grace', factor: 'sms', device: 'auto' });
    const passcode = (await page.locator('#sms-codes code').first().textContent()) ?? '';
    const use = () =>
      callOk(simulator, 'POST', 'auth', { username: 'grace', factor: 'passcode', passcode });
    await shoot(page, 'phone-sms');
    expect(await use()).toMatchObject({ result: 'allow' });
    expect(await use()).toMatchObject({ result: 'deny' });
  });

  it('shows passcodes of Duo Mobile, each good once', async () => {
    const page = await openPhone('grace');
    const read = async () => (await page.locator('#passcode').getAttribute('data-code')) ?? '';
    const use = (passcode: string) =>
      callOk(simulator, 'POST', 'auth', { username: 'grace', factor: 'passcode', passcode });
    await page.getByText('Next passcode').waitFor();
    const first = await read();
    expect(await use(first)).toMatchObject({ result: 'allow' });
    expect(await use(first)).toMatchObject({ result: 'deny' });
    await page.getByRole('button', { name: 'Next passcode' }).click();
    await page.waitForFunction(
      `document.querySelector('#passcode').dataset.code !== ${JSON.stringify(first)}`,
    );
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
    await page.getByRole('button', { name: 'Add account' }).click();
    await page.getByText('Added: Pixel').waitFor();
    expect(await status()).toBe('success');
    await page.getByLabel('User').selectOption({ label: 'henry' });
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

  it('turns to the user with a push, and counts the pushes of others', async () => {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    await page.goto(simulator.phoneUrl);
    await page.getByText('Live', { exact: true }).waitFor();
    const answers = [push('tim'), push('vera')];
    await page.getByRole('article').first().waitFor();
    const label = page.locator('#user option:checked');
    await page
      .locator('#user option', { hasText: 'vera (1 pending)' })
      .waitFor({ state: 'attached' });
    expect(await label.textContent()).toMatch(/^(tim|vera) \(1 pending\)$/);
    await page.getByRole('button', { name: 'Approve' }).click();
    await page
      .locator('#user option', { hasText: 'pending' })
      .nth(1)
      .waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Approve' }).click();
    expect(await Promise.all(answers)).toMatchObject([{ result: 'allow' }, { result: 'allow' }]);
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

  it('fits a screen of 360 pixels', async () => {
    const page = await openPhone('grace', { viewport: { width: 360, height: 800 } });
    const answer = push('grace');
    await page.getByRole('article').waitFor();
    const overflow = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(overflow).toBeLessThanOrEqual(0);
    await shoot(page, 'phone-narrow');
    await page.keyboard.press('a');
    expect(await answer).toMatchObject({ result: 'allow' });
  });

  it.each(['light', 'dark'] as const)('can be shown around: %s', async (colorScheme) => {
    const page = await openPhone('grace', { colorScheme, viewport: { width: 1280, height: 900 } });
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

  it('shows nothing without the token', async () => {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    await page.goto(`${simulator.url}/phone`);
    await page.getByRole('heading', { name: 'Control token' }).waitFor();
    await shoot(page, 'phone-token');
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.getByLabel('User').isVisible()).toBe(false);
    await page.getByLabel('Token').fill(simulator.controlToken);
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByText('Live', { exact: true }).waitFor();
  });
});
