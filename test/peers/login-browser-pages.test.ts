// cspell:ignore Passwort Weiter
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { createStage, missingForStage } from './login-stage.ts';
import { describePeer } from './peer.ts';

const hello = (page: Page, user: string) =>
  page.getByRole('heading', { name: `Hello ${user}` }).waitFor();

describePeer('the pages in Chromium', missingForStage, () => {
  const stage = createStage();
  const outage = () => stage.simulator().control.setFaults([{ kind: 'html', status: 503 }]);

  it.each([
    ['carol', 'You cannot be signed in', 'login-refused'],
    ['dave', 'Set up your phone', 'login-enroll'],
    ['nobody', 'Set up your phone', 'login-unknown'],
  ])('%s is notified what to do and not let in', async (user, text, picture) => {
    const gateway = await stage.open();
    const page = await stage.page();
    await stage.signIn(page, gateway, user);
    await page.getByText(text).first().waitFor();
    await stage.look(page, picture);
    await page.goto(`${gateway.origin}/incidents`);
    expect(new URL(page.url()).pathname).toBe('/auth/login');
  });

  it('a wrong password keeps the name and says no more than that it is wrong', async () => {
    const gateway = await stage.open();
    const page = await stage.page();
    await page.goto(gateway.origin);
    await page.getByLabel('User name').fill('grace');
    await page.getByLabel('Password').fill('wrong');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('Incorrect user name or password').first().waitFor();
    expect(await page.getByLabel('User name').inputValue()).toBe('grace');
    expect(await page.locator('main').textContent()).not.toMatch(/later|attempt/i);
    await stage.look(page, 'login-wrong');
    await page.keyboard.type('grace-password');
    await page.keyboard.press('Enter');
    await page.getByText('Second step for grace').first().waitFor();
  });

  it('speaks German to a browser that asks for it', async () => {
    const gateway = await stage.open();
    const page = await stage.page({ locale: 'de-AT' });
    await page.goto(gateway.origin);
    await page.getByLabel('Benutzername').fill('grace');
    await page.getByLabel('Passwort').fill('grace-password');
    await page.getByRole('button', { name: 'Weiter' }).click();
    await page.getByText('Zweiter Schritt für grace').first().waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await stage.look(page, 'login-german');
  });

  it('after a report of fraud nothing is sent until an administrator unlocks', async () => {
    const gateway = await stage.open();
    const page = await stage.page();
    await stage.signIn(page, gateway, 'frank');
    await page.getByRole('button', { name: 'Push' }).click();
    await page.getByText('You cannot be signed in').first().waitFor();
    await page.getByRole('button', { name: 'Start over' }).click();
    await stage.typeIn(page, 'frank');
    await page.getByRole('button', { name: 'Push' }).click();
    await page.getByText('After a report of fraud').first().waitFor();
    await stage.look(page, 'login-after-fraud');
  });

  it('a push can be cancelled, and a login begun anew as somebody else', async () => {
    const gateway = await stage.open();
    const page = await stage.page();
    await stage.signIn(page, gateway, 'grace');
    await page.getByRole('button', { name: 'Push' }).click();
    await page.getByText('The request is on your phone.').first().waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Text Me' }).waitFor();
    await stage.look(page, 'login-cancelled');
    await page.getByRole('button', { name: 'Start over' }).click();
    await stage.typeIn(page, 'bob');
    await hello(page, 'bob');
  });

  it('the link to enroll leads to Duo', async () => {
    const gateway = await stage.open();
    const page = await stage.page();
    await stage.signIn(page, gateway, 'dave');
    const link = page.getByRole('link', { name: 'Set up with Duo' });
    expect(await link.getAttribute('href')).toMatch(/^https:\/\/localhost:\d+\/portal/);
  });

  it('a bypass user goes straight through', async () => {
    const gateway = await stage.open();
    const page = await stage.page();
    await stage.signIn(page, gateway, 'bob');
    await hello(page, 'bob');
  });

  it('with Duo down the safe account comes in, and others do not', async () => {
    const gateway = await stage.open();
    outage();
    const page = await stage.page();
    await stage.signIn(page, gateway, 'admin');
    await hello(page, 'admin');
    const other = await stage.page();
    await stage.signIn(other, gateway, 'alice');
    await other.getByText('You cannot be signed in').first().waitFor();
  });

  it('with Duo down the failmode safe lets in, by group and by name', async () => {
    const gateway = await stage.open({ users: '{ alice: { failmode: safe } }' });
    outage();
    const page = await stage.page();
    await stage.signIn(page, gateway, 'alice');
    await hello(page, 'alice');
    expect(gateway.audit().some(({ result }) => result === 'failmode')).toBe(true);
  });

  it.each(['light', 'dark'] as const)(
    'a browser is remembered by a box that its user ticks, %s',
    async (colorScheme) => {
      const gateway = await stage.open({ remembered_devices: '{ key: { env: REMEMBER } }' });
      const page = await stage.page({ colorScheme });
      await page.goto(gateway.origin);
      const box = page.getByLabel('Remember this browser');
      expect(await box.isChecked()).toBe(false);
      await page.getByText('Remember this browser').click();
      expect(await box.isChecked()).toBe(true);
      await stage.look(page, colorScheme === 'dark' ? 'login-remember-dark' : 'login-remember');
      await stage.typeIn(page, 'grace');
      await page.getByLabel('Passcode').fill('100000007');
      await page.keyboard.press('Enter');
      await hello(page, 'grace');
      await page.context().clearCookies({ name: '__Host-xsoar-duo-session' });
      await page.goto(gateway.origin);
      expect(await box.isChecked()).toBe(true);
      await stage.typeIn(page, 'grace');
      await hello(page, 'grace');
    },
  );

  it('sign-out ends it', async () => {
    const gateway = await stage.open();
    const page = await stage.page();
    await stage.signIn(page, gateway, 'bob');
    await page.getByRole('link', { name: 'Sign out' }).click();
    await stage.look(page, 'login-sign-out');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You are signed out').first().waitFor();
    await page.goto(gateway.origin);
    await page.getByLabel('User name').waitFor();
  });

  it('the back button shows no login that has ended', async () => {
    const gateway = await stage.open();
    const page = await stage.page();
    await stage.signIn(page, gateway, 'alice');
    await page.getByRole('button', { name: 'Push' }).click();
    await hello(page, 'alice');
    await page.goBack();
    await hello(page, 'alice');
  });

  it('two tabs share one login, and both come in', async () => {
    const gateway = await stage.open();
    const page = await stage.page();
    await stage.signIn(page, gateway, 'grace');
    const second = await page.context().newPage();
    await second.goto(gateway.origin);
    await second.getByText('Second step for grace').first().waitFor();
    await page.getByRole('button', { name: 'Push' }).click();
    await second.getByText('The request is on your phone.').first().waitFor();
    const [push] = stage.simulator().control.pending();
    stage.simulator().control.answer(push?.txid ?? '', 'approve');
    await hello(page, 'grace');
    await hello(second, 'grace');
  });

  it('works without JavaScript', async () => {
    const gateway = await stage.open();
    const page = await stage.page({ javaScriptEnabled: false });
    await stage.signIn(page, gateway, 'grace');
    await page.getByRole('button', { name: 'Push' }).click();
    await page.getByText('Approve the request on').first().waitFor();
    const [push] = stage.simulator().control.pending();
    stage.simulator().control.answer(push?.txid ?? '', 'approve');
    await expect
      .poll(
        async () => {
          const link = page.getByRole('link', { name: 'I have answered' });
          if ((await link.count()) > 0) {
            await link.click();
          }
          return page.getByRole('heading', { name: 'Hello grace' }).count();
        },
        { timeout: 10_000 },
      )
      .toBe(1);
  });

  it('goes back to the page that was asked for, and to no foreign one', async () => {
    const gateway = await stage.open();
    const page = await stage.page();
    await stage.signIn(page, gateway, 'bob', '/incidents?q=1');
    await hello(page, 'bob');
    expect(page.url()).toBe(`${gateway.origin}/incidents?q=1`);
    await page.context().clearCookies();
    const foreign = `/auth/login?rd=${encodeURIComponent('https://evil.example/')}`;
    await stage.signIn(page, gateway, 'bob', foreign);
    await hello(page, 'bob');
    expect(page.url()).toBe(`${gateway.origin}/`);
  });

  it.each([
    ['login-dark', { colorScheme: 'dark', viewport: { width: 760, height: 820 } }],
    ['login-narrow', { viewport: { width: 320, height: 760 } }],
  ] as const)('fits: %s', async (name, options) => {
    const gateway = await stage.open();
    const page = await stage.page(options);
    await stage.signIn(page, gateway, 'grace');
    await page.getByText('Second step for grace').first().waitFor();
    await stage.look(page, name);
    const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(overflow)).toBe(0);
  });

  it('can be used with the keyboard alone', async () => {
    const gateway = await stage.open();
    const page = await stage.page();
    await page.goto(gateway.origin);
    await page.keyboard.type('alice');
    await page.keyboard.press('Tab');
    await page.keyboard.type('alice-password');
    await page.keyboard.press('Enter');
    await page.getByText('Second step for alice').first().waitFor();
    await page.getByRole('button', { name: 'Push' }).focus();
    await page.keyboard.press('Enter');
    await hello(page, 'alice');
  });
});
