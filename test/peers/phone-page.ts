import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { Simulator } from '../../src/simulator/index.ts';
import { callOk } from '../simulator/duo-caller.ts';

/** The phone page of a simulator, connected, with this user selected. */
export const openPhonePage = async (
  browser: Browser,
  simulator: Simulator,
  user: string,
  options: BrowserContextOptions = {},
): Promise<Page> => {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, ...options });
  const page = await context.newPage();
  await page.goto(simulator.phoneUrl);
  await page.getByText('Live', { exact: true }).waitFor();
  await userPicker(page).selectOption({ label: user });
  return page;
};

/** Where the user of the page's first phone is selected. */
export const userPicker = (page: Page): Locator =>
  page.getByRole('region', { name: 'Phone', exact: true }).getByLabel('User');

/** A push with everything that a phone shows. */
export const sendPush = (
  simulator: Simulator,
  username: string,
  more: Record<string, string> = {},
) =>
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
