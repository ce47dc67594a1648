import type { StartedFactor } from '../flow/state.ts';
import { type Hole, type Html, html } from './html.ts';
import { csrfField, noticeBox, type Page, type PageFrame } from './layout.ts';
import type { MessageName } from './messages.ts';
import type { DeviceView, PendingView, SecondFactorView } from './view.ts';

/** Pictures on the buttons. Decoration: the words beside them say it all. */
const icons: Readonly<Record<StartedFactor, Html>> = {
  push: html`<svg viewBox="0 0 24 24" aria-hidden="true"><rect x="6.5" y="2.5" width="11" height="19" rx="2.5"/><path d="m9.3 12 2 2 3.6-4"/></svg>`,
  sms: html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 5.5h16v10.5H11l-4.5 3.6V16H4z"/><path d="M8.5 10.7h.01M12 10.7h.01M15.5 10.7h.01"/></svg>`,
  phone: html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6.5 3.5 9.6 4l1.2 4-2 1.7a12 12 0 0 0 5.5 5.5l1.7-2 4 1.2.5 3.1c-.6 1.6-1.6 2.5-3 2.5C10 20 4 14 4 6.5c0-1.4.9-2.4 2.5-3z"/></svg>`,
};

const hints: Readonly<Record<StartedFactor, MessageName>> = {
  push: 'pushHint',
  sms: 'smsHint',
  phone: 'phoneHint',
};

// Another device has other buttons, so choosing one asks for the page anew; the page's script presses the
// button of this form.
const deviceForm = ({ t, base }: PageFrame, devices: readonly DeviceView[], csrf: string): Hole =>
  devices.length > 1 &&
  html`<form method="post" action="${base}/device" class="device" data-submit-on-change>
${csrfField(csrf)}
<label for="device">${t('device')}</label>
<div class="row">
<select id="device" name="device">
${devices.map(
  ({ id, name, selected }) =>
    html`<option value="${id}" ${selected && html`selected`}>${name}</option>`,
)}
</select>
<noscript><button class="quiet">${t('useDevice')}</button></noscript>
</div>
</form>`;

const choiceForms = (frame: PageFrame, view: SecondFactorView, csrf: string): Hole => {
  const { t, base } = frame;
  const selected = view.devices.find((device) => device.selected);
  return [
    deviceForm(frame, view.devices, csrf),
    view.factors.length > 0 &&
      html`<form method="post" action="${base}/factor">
${csrfField(csrf)}
${selected && html`<input type="hidden" name="device" value="${selected.id}">`}
<fieldset>
<legend>${t('chooseFactor')}</legend>
<div class="factors">
${view.factors.map(
  (factor) =>
    html`<button name="factor" value="${factor}" class="factor">${icons[factor]}<span><strong>${t(factor)}</strong><small>${t(hints[factor])}</small></span></button>`,
)}
</div>
</fieldset>
</form>`,
  ];
};

const pendingBox = ({ t, base }: PageFrame, pending: PendingView, csrf: string): Html =>
  html`<section class="pending" aria-label="${pending.title}">
<div class="pulse">${icons[pending.factor]}</div>
<p class="pending-title">${pending.title}</p>
${
  pending.code !== undefined &&
  html`<p class="code-label" id="code-label">${t('verificationCode')}</p>
<p class="code" aria-labelledby="code-label" role="group">${pending.code}</p>`
}
<p id="status">${pending.status}</p>
<p class="countdown" id="countdown" data-seconds="${pending.secondsLeft}" data-text="${t('secondsLeft')}">${t('secondsLeft', { seconds: String(pending.secondsLeft) })}</p>
<noscript><p><a class="button" href="${base}/login">${t('checkAgain')}</a></p></noscript>
<form method="post" action="${base}/cancel">${csrfField(csrf)}<button class="quiet">${t('cancel')}</button></form>
</section>`;

const passcodeForm = ({ t, base }: PageFrame, view: SecondFactorView, csrf: string): Html =>
  html`<form method="post" action="${base}/passcode" class="passcode">
${csrfField(csrf)}
<label for="passcode">${t('passcode')}</label>
<p id="passcode-hint" class="hint">${
    view.firstDigit === undefined
      ? t('passcodeHint')
      : t('passcodeFirstDigit', { digit: view.firstDigit })
  }</p>
<div class="row">
<input id="passcode" name="passcode" inputmode="numeric" autocomplete="one-time-code" spellcheck="false" autocapitalize="none" maxlength="64" required aria-describedby="passcode-hint">
<button>${t('signIn')}</button>
</div>
</form>`;

/** The buttons and the passcode box, or what is pending and the passcode box. */
export const secondFactorPage = (
  frame: PageFrame,
  view: SecondFactorView,
  { csrf, live }: { readonly csrf: string; readonly live: string },
): Page => ({
  title: frame.t('secondStep'),
  live,
  body: html`<p class="who">${frame.t('secondStepFor', { user: view.user })}</p>
${noticeBox(view.notice, view.tone)}
${view.pending === undefined ? choiceForms(frame, view, csrf) : pendingBox(frame, view.pending, csrf)}
${passcodeForm(frame, view, csrf)}
${restartForm(frame, csrf)}`,
});

/** A way out, for a user who typed the name of another. */
export const restartForm = ({ t, base }: PageFrame, csrf: string): Html =>
  html`<form method="post" action="${base}/restart" class="restart">
${csrfField(csrf)}<button class="quiet">${t('startOver')}</button>
</form>`;
