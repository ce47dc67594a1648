import type { StartedFactor } from '../flow/state.ts';
import { type Html, html } from './html.ts';

/** Pictures on the three buttons. Decoration: the words beside them say it all. */
export const icons: Readonly<Record<StartedFactor, Html>> = {
  push: html`<svg viewBox="0 0 24 24" aria-hidden="true"><rect x="6.5" y="2.5" width="11" height="19" rx="2.5"/><path d="m9.3 12 2 2 3.6-4"/></svg>`,
  sms: html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 5.5h16v10.5H11l-4.5 3.6V16H4z"/><path d="M8.5 10.7h.01M12 10.7h.01M15.5 10.7h.01"/></svg>`,
  phone: html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6.5 3.5 9.6 4l1.2 4-2 1.7a12 12 0 0 0 5.5 5.5l1.7-2 4 1.2.5 3.1c-.6 1.6-1.6 2.5-3 2.5C10 20 4 14 4 6.5c0-1.400.9-2.400 2.500-3z"/></svg>`,
};
