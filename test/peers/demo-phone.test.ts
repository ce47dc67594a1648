import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demo } from '../../src/cli/demo.ts';
import { until } from '../../testing/running-simulator.ts';
import { fakeContext, Keyboard } from '../cli/cli-context.ts';
import { chromiumPath, quietArguments } from './browser-page.ts';
import { describePeer, missingFile } from './peer.ts';
import { userPicker } from './phone-page.ts';

describePeer('the demo and its phone in Chromium', missingFile(chromiumPath), () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath, args: quietArguments });
  });
  afterAll(() => browser?.close());

  it('opens the phone of the user by the link, and answers what the war room asks', async () => {
    const keyboard = new Keyboard();
    const context = fakeContext({ stdin: keyboard, isTTY: true, env: { TERM: 'dumb' } });
    const ended = demo(context);
    await until(() => context.stdout.text.includes('duo> '), 'the prompt');
    const link = /https:\S+\/phone#\S+/.exec(context.stdout.text)?.[0] ?? '';
    const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
    await page.goto(link);
    await page.getByText('Live', { exact: true }).waitFor();
    const shown = userPicker(page).locator('option:checked');
    expect(await shown.textContent()).toBe('grace');

    keyboard.type('!duo-authenticate username=grace factor=push\r');
    await page.getByRole('button', { name: 'Approve' }).click();
    await until(() => /allow +allow/.test(context.stdout.text), 'the approval');

    keyboard.type('!duo-authenticate username=vera factor=push\r');
    await page.getByRole('button', { name: 'vera: 1 pending' }).click();
    await page.getByRole('button', { name: 'Deny' }).click();
    await until(() => /deny +deny/.test(context.stdout.text), 'the denial');

    keyboard.type('exit\r');
    expect(await ended).toBe(0);
  });
});
