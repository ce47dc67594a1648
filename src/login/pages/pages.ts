import type { FlowState } from '../flow/state.ts';
import { type Hole, html } from './html.ts';
import { csrfField, noticeBox, type Page, type PageFrame } from './layout.ts';
import { restartForm, secondFactorPage } from './second-factor-page.ts';
import { noticeText, pageName, secondFactorView } from './view.ts';

/** What a form needs besides its fields. */
export interface FormParts {
  readonly csrf: string;
  readonly notice?: string | undefined;
}

/** What the first page of a login has, with a password and without. */
interface FirstParts extends FormParts {
  readonly returnTo: string;
  /** Is the box for remembering this browser ticked? Without it there is no box. */
  readonly remember: boolean | undefined;
}

// Never ticked by the gateway: on a computer that others use, being remembered lets them in.
const rememberBox = ({ t }: PageFrame, remember: boolean | undefined): Hole =>
  remember !== undefined &&
  html`<label class="remember"><input type="checkbox" name="remember" value="yes" aria-describedby="remember-hint" ${remember && 'checked'}>${t('remember')}</label>
<p id="remember-hint" class="hint">${t('rememberHint')}</p>`;

/** User name and password. */
export const passwordPage = (
  frame: PageFrame,
  {
    csrf,
    notice,
    username,
    returnTo,
    remember,
  }: FirstParts & { readonly username?: string | undefined },
): Page => {
  const { t, base } = frame;
  return {
    title: t('signIn'),
    body: html`${noticeBox(notice, 'bad')}
<form method="post" action="${base}/login">
${csrfField(csrf)}
<input type="hidden" name="return_to" value="${returnTo}">
<label for="username">${t('username')}</label>
<input id="username" name="username" autocomplete="username" spellcheck="false" autocapitalize="none" maxlength="256" required ${username ? html`value="${username}"` : 'autofocus'}>
<label for="password">${t('password')}</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="1024" required ${username && 'autofocus'}>
${rememberBox(frame, remember)}
<button>${t('continue')}</button>
</form>`,
  };
};

/** A proxy in front has done the first factor. One press starts the second; looking at the page does not. */
export const continuePage = (
  frame: PageFrame,
  { csrf, user, returnTo, remember }: FirstParts & { readonly user: string },
): Page => {
  const { t, base } = frame;
  return {
    title: t('signIn'),
    body: html`<p>${t('signedInByProxy', { user })}</p>
<form method="post" action="${base}/login">
${csrfField(csrf)}
<input type="hidden" name="return_to" value="${returnTo}">
${rememberBox(frame, remember)}
<button>${t('continueAs', { user })}</button>
</form>`,
  };
};

/** The further password, after Duo. */
const furtherPasswordPage = (
  frame: PageFrame,
  { csrf, notice, live }: FormParts & { readonly live: string },
): Page => ({
  title: frame.t('furtherPassword'),
  live,
  body: html`<p>${frame.t('furtherPasswordHint')}</p>
${noticeBox(notice, 'bad')}
<form method="post" action="${frame.base}/password">
${csrfField(csrf)}
<label for="password">${frame.t('password')}</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="1024" required autofocus>
<button>${frame.t('signIn')}</button>
</form>
${restartForm(frame, csrf)}`,
});

/** Duo, or the verifier, is being asked. */
const checkingPage = ({ t, base }: PageFrame, { live }: { readonly live: string }): Page => ({
  title: t('checking'),
  live,
  body: html`<p>${t('statusStarting')}</p>
<noscript><p><a class="button" href="${base}/login">${t('continue')}</a></p></noscript>`,
});

/** One neutral sentence, whatever the reason was. */
const refusedPage = (frame: PageFrame, { csrf }: FormParts): Page => ({
  title: frame.t('refusedTitle'),
  body: html`<p>${frame.t('refused')}</p>${restartForm(frame, csrf)}`,
});

/** A link to set up a device. The user is not signed in by it. */
const enrollPage = (
  frame: PageFrame,
  { csrf, url }: FormParts & { readonly url: string | undefined },
): Page => ({
  title: frame.t('enrollTitle'),
  body: html`<p>${frame.t('enroll')}</p>
${
  url === undefined
    ? html`<p>${frame.t('enrollNoLink')}</p>`
    : html`<p><a class="button" href="${url}" rel="noreferrer">${frame.t('enrollLink')}</a></p>`
}
${restartForm(frame, csrf)}`,
});

/** Asks before signing out. */
export const signOutPage = (
  { t, base }: PageFrame,
  { csrf, user }: FormParts & { readonly user: string },
): Page => ({
  title: t('signOutTitle'),
  body: html`<p>${t('signOutQuestion', { user })}</p>
<form method="post" action="${base}/logout">${csrfField(csrf)}<button>${t('signOut')}</button></form>`,
});

/** After sign-out. */
export const signedOutPage = ({ t, base }: PageFrame): Page => ({
  title: t('signedOutTitle'),
  body: html`<p>${t('signedOut')}</p>
<p><a class="button" href="${base}/login">${t('signInAgain')}</a></p>`,
});

/** Something is wrong with the request or with the gateway. */
export const errorPage = ({ t, base }: PageFrame, text: string): Page => ({
  title: t('errorTitle'),
  body: html`<p role="alert">${text}</p>
<p><a class="button" href="${base}/login">${t('startOver')}</a></p>`,
});

// The link comes from Duo; a page of the gateway must not become the carrier of another scheme.
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
  }
};
