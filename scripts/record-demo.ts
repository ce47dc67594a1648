// Records `npm start` in a real terminal with the phone of its simulator beside it, and draws both as one
// SVG: `npm run record`, or with a path to write to. Wants tmux and Chromium.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Page } from 'playwright-core';
import { drawRecording, type Frame, type PhonePicture } from './recording/draw-recording.ts';

const target = process.argv[3] ?? 'docs/images/demo.svg';
const [columns, rows] = [84, 27];
const server = `xsoar-duo-recording-${process.pid}`;

const tmux = (...args: readonly string[]): string =>
  execFileSync('tmux', ['-L', server, '-f', '/dev/null', ...args], { encoding: 'utf8' });

const startedAtMs = performance.now();
const frames: Frame[] = [];
let lastSeen = '';
let cutMs = 0;
/** Milliseconds of the recording: what was cut out does not count. */
const now = (): number => Math.round(performance.now() - startedAtMs - cutMs);

const capture = (): void => {
  const lines = tmux('capture-pane', '-e', '-p', '-t', 'demo').replace(/\n$/, '').split('\n');
  const position = tmux(
    'display-message',
    '-p',
    '-t',
    'demo',
    '#{cursor_flag} #{cursor_y} #{cursor_x}',
  );
  const [isShown, row = 0, column = 0] = position.trim().split(' ').map(Number);
  const seen = { lines, cursor: isShown === 1 ? { row, column } : undefined };
  if (JSON.stringify(seen) !== lastSeen) {
    lastSeen = JSON.stringify(seen);
    frames.push({ ...seen, atMs: now() });
  }
};

const screenText = (): string => tmux('capture-pane', '-p', '-J', '-t', 'demo');

/** Record until the screen shows this. */
const until = async (wanted: RegExp): Promise<RegExpMatchArray> => {
  const deadlineMs = performance.now() + 60_000;
  for (;;) {
    capture();
    const found = screenText().match(wanted);
    if (found !== null) {
      return found;
    }
    if (performance.now() > deadlineMs) {
      throw new Error(`The screen never showed ${wanted}:\n${screenText()}`);
    }
    await sleep(50);
  }
};

const pause = async (seconds: number): Promise<void> => {
  const endMs = performance.now() + seconds * 1000;
  while (performance.now() < endMs) {
    capture();
    await sleep(50);
  }
};

const type = async (text: string): Promise<void> => {
  for (const key of text) {
    tmux('send-keys', '-t', 'demo', '-l', key);
    await sleep(45);
    capture();
  }
  await pause(0.4);
  tmux('send-keys', '-t', 'demo', 'Enter');
};

/** Do something that the viewer need not wait for. */
const unseen = async <T>(work: () => Promise<T>): Promise<T> => {
  const fromMs = performance.now();
  const result = await work();
  cutMs += performance.now() - fromMs;
  return result;
};

/** A picture in the form that takes the least room, as the browser makes it. */
const toWebp = async (page: Page, png: Buffer): Promise<string> =>
  page.evaluate<string>(`(async () => {
    const picture = new Image();
    picture.src = 'data:image/png;base64,${png.toString('base64')}';
    await picture.decode();
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: picture.width, height: picture.height });
    canvas.getContext('2d').drawImage(picture, 0, 0);
    return canvas.toDataURL('image/webp', 0.7);
  })()`);

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});

const openPhone = async (url: string, colorScheme: 'light' | 'dark'): Promise<Page> => {
  const context = await browser.newContext({
    ignoreHTTPSErrors: true,
    colorScheme,
    viewport: { width: 1280, height: 900 },
  });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByText('Live', { exact: true }).waitFor();
  return page;
};

const pictures: PhonePicture[] = [];

try {
  tmux(
    'new-session',
    '-d',
    '-s',
    'demo',
    '-x',
    String(columns),
    '-y',
    String(rows),
    'exec npm start --silent',
  );
  tmux('set-option', '-g', 'status', 'off');
  const [url = ''] = await until(/https:\/\/localhost:\d+\/phone\S*/);
  await until(/duo>\s*$/);
  const phones = await unseen(() => Promise.all([openPhone(url, 'light'), openPhone(url, 'dark')]));
  // The recording begins here.
  const beginMs = now();
  frames.splice(0, frames.length - 1);
  const [lightPage, darkPage] = phones;
  const shoot = async (): Promise<void> => {
    const [light = '', dark = ''] = await unseen(() =>
      Promise.all(
        [lightPage, darkPage].map(async (page) =>
          toWebp(page, await page.locator('.phone').screenshot({ omitBackground: true })),
        ),
      ),
    );
    pictures.push({ atMs: now(), light, dark });
  };
  await shoot();
  await pause(1.5);
  await type('!duo-authenticate username=grace factor=push');
  await Promise.all([lightPage, darkPage].map((page) => page.getByRole('article').waitFor()));
  await shoot();
  await pause(2.5);
  await lightPage.getByRole('button', { name: 'Approve' }).click();
  await Promise.all(
    [lightPage, darkPage].map((page) => page.getByRole('article').getByText('Approved').waitFor()),
  );
  await shoot();
  await until(/allow/i);
  await pause(5);
  const shift = (ms: number): number => Math.max(0, ms - beginMs);
  const svg = drawRecording({
    columns,
    rows,
    frames: frames.map((frame) => ({ ...frame, atMs: shift(frame.atMs) })),
    pictures: pictures.map((picture) => ({ ...picture, atMs: shift(picture.atMs) })),
    endMs: now() - beginMs,
  });
  writeFileSync(target, svg);
  process.stdout.write(`${target}: ${(svg.length / 1000).toFixed(0)} KB\n`);
} finally {
  tmux('kill-server');
  await browser.close();
}
