// The prompt on a real terminal: what it shows, after which keys.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildCli } from '../../../testing/cli-build.ts';
import { describePeer, missingFile } from '../peer.ts';
import { openTerminal, type Terminal, type TerminalOptions } from './terminal.ts';

let build: Awaited<ReturnType<typeof buildCli>>;
beforeAll(async () => {
  build = await buildCli();
});
afterAll(() => build?.remove());

const openDemo = async (options?: TerminalOptions): Promise<Terminal> => {
  const terminal = openTerminal(`"${process.execPath}" "${build.program}" demo`, {
    ...options,
    env: { XDG_STATE_HOME: '/nowhere' },
  });
  await terminal.until(/duo> *$/);
  terminal.press('C-l');
  await terminal.until(/^duo> *$/);
  return terminal;
};

const run = async (terminal: Terminal, line: string): Promise<string> => {
  await terminal.type(line);
  await terminal.until(line);
  terminal.press('Enter');
  return terminal.until(/\n\s*duo> *$/);
};

const lastLine = (screen: string): string => screen.split('\n').at(-1) ?? '';

describePeer('the war room on a terminal', missingFile('/usr/bin/tmux'), () => {
  it('wraps words at spaces, of errors too', async () => {
    const terminal = await openDemo({ columns: 40 });
    const screen = await run(terminal, '!duo-preauth usrname=alice');
    const words = screen.split(/\s+/);
    for (const word of ['username?', 'argument', 'duo-preauth']) {
      expect(
        words.some((one) => one.includes(word)),
        `${word} in\n${screen}`,
      ).toBe(true);
    }
    expect(Math.max(...screen.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40);
  });

  it('completes commands, with an exclamation mark and without', async () => {
    const terminal = await openDemo();
    await terminal.type('duo-pre');
    terminal.press('Tab');
    await terminal.until(/duo> duo-preauth/);
    terminal.press('C-u');
    await terminal.type('!duo-pre');
    terminal.press('Tab');
    await terminal.until(/duo> !duo-preauth/);
  });

  it('completes users, devices and paths that the context holds', async () => {
    const terminal = await openDemo();
    await run(terminal, 'duo-preauth grace');
    await terminal.type('duo-authenticate username=gr');
    terminal.press('Tab');
    await terminal.until(/username=grace/);
    terminal.press('C-u');
    await terminal.type('duo-preauth username=${Duo.PreAuth.Resp');
    terminal.press('Tab');
    await terminal.until('${Duo.PreAuth.Response');
    terminal.press('C-u');
    await terminal.type('duo-authenticate username=grace device=');
    terminal.press('Tab', 'Tab');
    await terminal.until(/DP[A-Z0-9]{18}/);
  });

  it('offers no second name for an argument that is there', async () => {
    const terminal = await openDemo();
    await terminal.type('duo-preauth username=alice ');
    terminal.press('Tab', 'Tab');
    const screen = await terminal.until('ipaddr');
    expect(screen).not.toMatch(/user_id|userID/);
  });

  it('answers a misspelled word with the right one, and help with help', async () => {
    const terminal = await openDemo();
    expect(await run(terminal, 'hlep')).toContain('help');
    const help = await run(terminal, 'help duo-preauth');
    expect(help).toContain('username');
    expect(await run(terminal, 'help exec')).toContain('xsoar-duo');
    await terminal.type('clear');
    terminal.press('Enter');
    await terminal.until(/^duo> *$/);
  });

  it('echoes each pasted line before its answer', async () => {
    const terminal = await openDemo();
    terminal.paste('!duo-preauth username=bob\n!duo-preauth username=carol\n');
    const screen = await terminal.until(/carol[\s\S]*disabled|carol[\s\S]*deny/i);
    const order = ['username=bob', 'allow', 'username=carol', 'deny'].map((text) =>
      screen.indexOf(text),
    );
    expect(order, screen).toEqual([...order].sort((one, other) => one - other));
    expect(order).not.toContain(-1);
  });

  it('shows nothing of keys that are pressed while a push is awaited', async () => {
    const terminal = await openDemo();
    await terminal.type('!duo-authenticate username=alice factor=push');
    terminal.press('Enter');
    await terminal.until('Waiting for');
    await terminal.type('typed');
    expect(await terminal.until('let in')).not.toMatch(/typed[\s\S]*let in/);
    // They wait for the next prompt.
    expect(lastLine(await terminal.until(/duo> typed/))).toBe('duo> typed');
  });

  it('finds earlier lines by Ctrl-R', async () => {
    const terminal = await openDemo();
    await run(terminal, '!duo-preauth username=bob');
    await run(terminal, '!duo-check');
    terminal.press('C-r');
    await terminal.type('bob');
    await terminal.until(/bob[^\n]*!duo-preauth username=bob/);
    terminal.press('Enter');
    const screen = await terminal.until(/duo> *$/);
    expect(screen.match(/username=bob/g)?.length).toBeGreaterThan(1);
  });

  it('draws the QR code of an enrollment', async () => {
    const terminal = await openDemo({ rows: 60 });
    const screen = await run(terminal, '!duo-enroll username=newcomer');
    // Two rows of modules to a line; the smallest code with a margin has 23 rows.
    expect(screen.split('\n').filter((line) => /[█▄▀]/.test(line)).length).toBeGreaterThan(11);
  });
});
