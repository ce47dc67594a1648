import { expect, it } from 'vitest';
import { createStage, missingForStage } from './login-stage.ts';
import { describePeer } from './peer.ts';

describePeer('the factors in Chromium', missingForStage, () => {
  const stage = createStage();

  it('a push approved on the phone page lets in', async () => {
    const gateway = await stage.open();
    const page = await stage.page();
    await page.goto(gateway.origin);
    await stage.look(page, 'login-password');
    await stage.signIn(page, gateway, 'grace');
    await page.getByText('Second step for grace').first().waitFor();
    await stage.look(page, 'login-choice');
    const phone = await stage.phone('grace');
    await page.getByRole('button', { name: 'Push' }).click();
    await page.getByText('The request is on your phone.').first().waitFor();
    await stage.look(page, 'login-push');
    await phone.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('heading', { name: 'Hello grace' }).waitFor();
  });

  it('a deny says so, and nothing new is sent', async () => {
    const gateway = await stage.open();
    const page = await stage.page();
    await stage.signIn(page, gateway, 'grace');
    const phone = await stage.phone('grace');
    await page.getByRole('button', { name: 'Push' }).click();
    await phone.getByRole('button', { name: 'Deny' }).click();
    await page.getByText('The request was denied').first().waitFor();
    await stage.look(page, 'login-denied');
    expect(stage.simulator().control.pending()).toEqual([]);
  });

  it('fraud ends the login', async () => {
    const gateway = await stage.open();
    const page = await stage.page();
    await stage.signIn(page, gateway, 'grace');
    const phone = await stage.phone('grace');
    await page.getByRole('button', { name: 'Push' }).click();
    await phone.getByRole('button', { name: 'Report fraud' }).click();
    await page.getByText('You cannot be signed in').first().waitFor();
    await stage.look(page, 'login-refused');
    expect(gateway.audit().some(({ result }) => result === 'fraud')).toBe(true);
  });

  it('a push that no one answers times out', async () => {
    const gateway = await stage.open();
    const page = await stage.page();
    await stage.signIn(page, gateway, 'tim');
    await page.getByRole('button', { name: 'Push' }).click();
    await page.getByText('The request is on your phone.').first().waitFor();
    stage.simulator().control.advance(61);
    await page.getByText('The request timed out').first().waitFor();
  });

  it('Text Me sends a code, which lets in', async () => {
    const gateway = await stage.open();
    const page = await stage.page();
    await stage.signIn(page, gateway, 'grace');
    await page.getByRole('button', { name: 'Text Me' }).click();
    await page.getByText('A message with codes was sent').first().waitFor();
    const { control } = stage.simulator();
    const device = control.users().find(({ username }) => username === 'grace')?.devices[0];
    const [code = ''] = control.phone(device?.id ?? '').smsPasscodes;
    await page.getByText(`begins with ${code[0]}`).first().waitFor();
    await stage.look(page, 'login-sms');
    await page.getByLabel('Passcode').fill(code);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Hello grace' }).waitFor();
  });

  it('Call Me calls', async () => {
    const gateway = await stage.open();
    const page = await stage.page();
    await stage.signIn(page, gateway, 'alice');
    await page.getByRole('button', { name: 'Call Me' }).click();
    await page.getByRole('heading', { name: 'Hello alice' }).waitFor();
  });

  it('a passcode wins while a push hangs, half typed when the page changes', async () => {
    const gateway = await stage.open();
    const page = await stage.page();
    await stage.signIn(page, gateway, 'grace');
    await page.getByRole('button', { name: 'Push' }).click();
    await page.getByText('The request is on your phone.').first().waitFor();
    await page.getByLabel('Passcode').pressSequentially('1000');
    const [push] = stage.simulator().control.pending();
    stage.simulator().control.answer(push?.txid ?? '', 'deny');
    await page.getByText('The request was denied').first().waitFor();
    expect(await page.getByLabel('Passcode').inputValue()).toBe('1000');
    await page.getByRole('button', { name: 'Push' }).click();
    await page.getByText('The request is on your phone.').first().waitFor();
    await page.getByLabel('Passcode').fill('100000007');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Hello grace' }).waitFor();
  });

  it('a verified push shows its number', async () => {
    const gateway = await stage.open();
    const page = await stage.page();
    await stage.signIn(page, gateway, 'vera');
    await page.getByRole('button', { name: 'Push' }).click();
    await page.getByText('Type this number on your phone').first().waitFor();
    await page.getByText('The request is on your phone.').first().waitFor();
    await stage.look(page, 'login-verified-push');
    const code = (await page.locator('.code').textContent()) ?? '';
    const [push] = stage.simulator().control.pending();
    stage.simulator().control.answer(push?.txid ?? '', 'approve', code.trim());
    await page.getByRole('heading', { name: 'Hello vera' }).waitFor();
  });

  it('the device of one login is chosen again in the next', async () => {
    const gateway = await stage.open();
    const page = await stage.page();
    await stage.signIn(page, gateway, 'grace');
    await page.getByLabel('Device').selectOption({ label: 'Kitchen tablet' });
    await page.getByRole('button', { name: 'Push' }).click();
    await page.getByText('Approve the request on Kitchen tablet').first().waitFor();
    const [push] = stage.simulator().control.pending();
    stage.simulator().control.answer(push?.txid ?? '', 'approve');
    await page.getByRole('heading', { name: 'Hello grace' }).waitFor();
    await page.context().clearCookies({ name: '__Host-xsoar-duo-session' });
    await stage.signIn(page, gateway, 'grace');
    const chosen = page.getByLabel('Device').locator('option:checked');
    expect(await chosen.textContent()).toBe('Kitchen tablet');
  });

  it('autopush asks for nothing', async () => {
    const gateway = await stage.open({ users: '{ alice: { autopush: true } }' });
    const page = await stage.page();
    await stage.signIn(page, gateway, 'alice');
    await page.getByRole('heading', { name: 'Hello alice' }).waitFor();
  });

  it('a further password follows Duo', async () => {
    const gateway = await stage.open({
      require_password: 'true',
      further_password: '{ type: htpasswd, file: further }',
    });
    const page = await stage.page();
    await stage.signIn(page, gateway, 'bob');
    await page.getByRole('heading', { name: 'One more password' }).waitFor();
    await stage.look(page, 'login-further-password');
    await page.getByLabel('Password').fill('bob-further');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Hello bob' }).waitFor();
  });
});
