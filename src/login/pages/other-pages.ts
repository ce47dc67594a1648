import { html } from './html.ts';
import { csrfField, noticeBox, type Page, type PageFrame } from './layout.ts';
import { restartForm } from './second-factor-page.ts';

/** What a form needs besides its fields. */
export interface FormParts {
  readonly csrf: string;
  readonly notice?: string | undefined;
}

/** User name and password. */
export const passwordPage = (
  { t, base }: PageFrame,
  { csrf, notice, returnTo }: FormParts & { readonly returnTo: string },
): Page => ({
  title: t('signIn'),
  body: html`${noticeBox(notice, 'bad')}
<form method="post" action="${base}/login">
${csrfField(csrf)}
<input type="hidden" name="return_to" value="${returnTo}">
<label for="username">${t('username')}</label>
<input id="username" name="username" autocomplete="username" spellcheck="false" autocapitalize="none" maxlength="256" required autofocus>
<label for="password">${t('password')}</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="1024" required>
<button>${t('continue')}</button>
</form>`,
});

/** A proxy in front has done the first factor; one press starts the second, and no page view does. */
export const continuePage = (
  { t, base }: PageFrame,
  { csrf, user, returnTo }: FormParts & { readonly user: string; readonly returnTo: string },
): Page => ({
  title: t('signIn'),
  body: html`<p>${t('signedInByProxy', { user })}</p>
<form method="post" action="${base}/login">
${csrfField(csrf)}
<input type="hidden" name="return_to" value="${returnTo}">
<button>${t('continueAs', { user })}</button>
</form>`,
});

/** The further password, after Duo. */
export const furtherPasswordPage = (
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
<button>${frame.t('logIn')}</button>
</form>
${restartForm(frame, csrf)}`,
});

/** Duo, or the verifier, is being asked. */
export const checkingPage = (
  { t, base }: PageFrame,
  { live }: { readonly live: string },
): Page => ({
  title: t('checking'),
  live,
  body: html`<p>${t('statusStarting')}</p>
<noscript><p><a class="button" href="${base}/login">${t('continue')}</a></p></noscript>`,
});

/** One neutral sentence, whatever the reason was. */
export const refusedPage = (frame: PageFrame, { csrf }: FormParts): Page => ({
  title: frame.t('refusedTitle'),
  body: html`<p>${frame.t('refused')}</p>${restartForm(frame, csrf)}`,
});

/** A link to set up a device. It does not let in. */
export const enrollPage = (
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

/** Sign out? A question, so that a link from elsewhere signs nobody out. */
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
