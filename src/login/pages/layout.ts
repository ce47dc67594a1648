import { type Hole, type Html, html } from './html.ts';
import type { Translate } from './messages.ts';

/** What every page shows. */
export interface PageFrame {
  readonly t: Translate;
  readonly language: string;
  readonly brandName: string;
  readonly hasLogo: boolean;
  /** Where the gateway's own pages live, such as `/auth`. */
  readonly base: string;
}

/** One page. */
export interface Page {
  readonly title: string;
  readonly body: Hole;
  /** What the page's script is to watch: the state's name and where to go on. */
  readonly live?: string | undefined;
}

/** A whole document. Nothing in it is inline but icons, so that the strictest policy fits. */
export const layout = (
  { t, language, brandName, hasLogo, base }: PageFrame,
  { title, body, live }: Page,
): Html => html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} · ${brandName}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${base}/assets/login.css">
<link rel="stylesheet" href="${base}/assets/brand.css">
<script src="${base}/assets/login.js" defer></script>
</head>
<body>
<a class="skip" href="#main">${t('skipToContent')}</a>
<header class="brand">
${hasLogo && html`<img src="${base}/assets/logo" alt="" height="40">`}
<span>${brandName}</span>
</header>
<main id="main" tabindex="-1" data-base="${base}" ${live !== undefined && html`data-live="${live}"`}>
<h1>${title}</h1>
${body}
</main>
<p id="announcer" class="unseen" role="status" aria-live="polite"></p>
</body>
</html>
`;

/** A message above a form. */
export const noticeBox = (text: string | undefined, tone: 'good' | 'bad'): Hole =>
  text !== undefined &&
  html`<p class="notice ${tone}" role="${tone === 'bad' ? 'alert' : 'status'}">${text}</p>`;

/** The hidden field that proves that a form is ours. */
export const csrfField = (token: string): Html =>
  html`<input type="hidden" name="_csrf" value="${token}">`;
