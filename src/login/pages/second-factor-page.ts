import type { StartedFactor } from '../flow/state.ts';
import { type Hole, type Html, html } from './html.ts';
import { icons } from './icons.ts';
import { csrfField, noticeBox, type Page, type PageFrame } from './layout.ts';
import type { MessageName } from './messages.ts';
import type { DeviceView, PendingView, SecondFactorView } from './view.ts';

const hints: Readonly<Record<StartedFactor, MessageName>> = {
  push: 'pushHint',
  sms: 'smsHint',
  phone: 'phoneHint',
};

const deviceField = ({ t }: PageFrame, devices: readonly DeviceView[]): Hole =>
  devices.length > 1 &&
  html`<label for="device">${t('device')}</label>
<select id="device" name="device">
${devices.map(
  ({ id, name, selected }) =>
    html`<option value="${id}" ${selected && html`selected`}>${name}</option>`,
)}
</select>`;

const choiceForm = (frame: PageFrame, view: SecondFactorView, csrf: string): Hole => {
  const { t, base } = frame;
  return (
    view.factors.length > 0 &&
    html`<form method="post" action="${base}/factor" class="choice">
${csrfField(csrf)}
<fieldset>
<legend>${t('chooseFactor')}</legend>
${deviceField(frame, view.devices)}
<div class="factors">
${view.factors.map(
  (factor) =>
    html`<button name="factor" value="${factor}" class="factor">${icons[factor]}<span><strong>${t(factor)}</strong><small>${t(hints[factor])}</small></span></button>`,
)}
</div>
</fieldset>
</form>`
  );
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
<button>${t('logIn')}</button>
</div>
</form>`;

/** The three buttons and the passcode box, or what is pending and the passcode box. */
export const secondFactorPage = (
  frame: PageFrame,
  view: SecondFactorView,
  { csrf, live }: { readonly csrf: string; readonly live: string },
): Page => ({
  title: frame.t('secondStep'),
  live,
  body: html`<p class="who">${frame.t('secondStepFor', { user: view.user })}</p>
${noticeBox(view.notice, view.tone)}
${view.pending === undefined ? choiceForm(frame, view, csrf) : pendingBox(frame, view.pending, csrf)}
${passcodeForm(frame, view, csrf)}
${restartForm(frame, csrf)}`,
});

/** A way out, for whoever typed another's name. */
export const restartForm = ({ t, base }: PageFrame, csrf: string): Html =>
  html`<form method="post" action="${base}/restart" class="restart">
${csrfField(csrf)}<button class="quiet">${t('startOver')}</button>
</form>`;
