import type { FlowState } from '../flow/state.ts';
import type { Page, PageFrame } from '../pages/layout.ts';
import {
  checkingPage,
  enrollPage,
  furtherPasswordPage,
  refusedPage,
} from '../pages/other-pages.ts';
import { secondFactorPage } from '../pages/second-factor-page.ts';
import { noticeText, pageName, secondFactorView } from '../pages/view.ts';

// The link comes from Duo; a page of ours must not become the carrier of another scheme.
const httpsOnly = (url: string | undefined): string | undefined =>
  url?.startsWith('https://') ? url : undefined;

/**
 * The page for a login that has not reached its end. Nothing for `granted`, which is an end, and for
 * `first-factor`, of which no challenge remains.
 */
export const statePage = (
  state: FlowState,
  frame: PageFrame,
  { csrf, nowMs }: { readonly csrf: string; readonly nowMs: number },
): Page | undefined => {
  const live = pageName(state);
  switch (state.kind) {
    case 'prechecking':
    case 'checking-password':
      return checkingPage(frame, { live });
    case 'choosing':
    case 'waiting':
    case 'verifying':
    case 'racing':
      return secondFactorPage(frame, secondFactorView(state, frame.t, nowMs), { csrf, live });
    case 'further-password':
      return furtherPasswordPage(frame, {
        csrf,
        live,
        notice: noticeText(state.notice, frame.t),
      });
    case 'enrolling':
      return enrollPage(frame, { csrf, url: httpsOnly(state.url) });
    case 'refused':
      return refusedPage(frame, { csrf });
    case 'granted':
    case 'first-factor':
      return undefined;
    default:
      return state satisfies never;
  }
};
