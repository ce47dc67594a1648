import { mkdirSync } from 'node:fs';
import axe from 'axe-core';
import type { Page } from 'playwright-core';

const { CHROMIUM = '/usr/bin/chromium', SCREENSHOTS: screenshots } = process.env;

/** Where Chromium is. */
export const chromiumPath = CHROMIUM;

/** Arguments with which Chromium contacts no one by itself. */
export const quietArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What axe finds, by the name of the rule. */
export const accessibilityFaults = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe.source);
  const found = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
    'axe.run()',
  );
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
};

/** Takes a screenshot when SCREENSHOTS names a folder. */
export const shoot = async (page: Page, name: string): Promise<void> => {
  if (!screenshots) {
    return;
  }
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: `${screenshots}/${name}.png` });
};
