import type { Device } from '../../duo/endpoints/preauth.ts';
import type { FlowState, Login, Notice, Offer, Pending, StartedFactor } from '../flow/state.ts';
import { isCapable, pickDevice } from '../flow/step.ts';
import type { MessageName, Translate } from './messages.ts';

/** A device in the choice. */
export interface DeviceView {
  readonly id: string;
  readonly name: string;
  readonly selected: boolean;
}

/** What the page of the second factor shows. Plain data, without the transaction. */
export interface SecondFactorView {
  readonly user: string;
  readonly notice?: string | undefined;
  /** `good` for news, `bad` for failures. */
  readonly tone: 'good' | 'bad';
  /** What the selected device can do. */
  readonly factors: readonly StartedFactor[];
  readonly devices: readonly DeviceView[];
  /** First digit of the next code by text message. */
  readonly firstDigit?: string | undefined;
  readonly pending?: PendingView | undefined;
}

/** A push, call or message that is under way. */
export interface PendingView {
  readonly factor: StartedFactor;
  readonly title: string;
  readonly status: string;
  readonly code?: string | undefined;
  readonly secondsLeft: number;
}

// What Duo gives a push and a call, so that the countdown ends when the request does.
const pendingSeconds = 60;

const noticeNames: Readonly<Record<Notice, MessageName>> = {
  denied: 'denied',
  'timed-out': 'timedOut',
  'wrong-passcode': 'wrongPasscode',
  'sms-sent': 'smsSent',
  'cannot-start': 'cannotStart',
  'duo-unavailable': 'duoUnavailable',
  'wrong-password': 'wrongPassword',
  cancelled: 'cancelled',
  'already-pending': 'alreadyPending',
  'too-many': 'tooManyRequests',
  'after-fraud': 'afterFraud',
};

const goodNotices: readonly Notice[] = ['sms-sent', 'cancelled'];

/** A notice in the page's language. */
export const noticeText = (notice: Notice | undefined, t: Translate): string | undefined =>
  notice === undefined ? undefined : t(noticeNames[notice]);

const statusNames: ReadonlyMap<string, MessageName> = new Map([
  ['pushed', 'statusPushed'],
  ['push_failed', 'statusPushFailed'],
  ['calling', 'statusCalling'],
  ['answered', 'statusAnswered'],
]);

/** Where a push or call is, in words. Duo's own words are not shown: they are English only. */
export const statusText = ({ txid, status }: Pending, t: Translate): string => {
  if (txid === undefined || status === undefined) {
    return t('statusStarting');
  }
  return t(statusNames.get(status) ?? 'statusOther');
};

export const secondsLeft = ({ startedAtMs }: Pending, nowMs: number): number =>
  Math.max(0, Math.ceil(pendingSeconds - (nowMs - startedAtMs) / 1000));

const deviceName = ({ displayName, name, number, device }: Device): string =>
  displayName || name || number || device;

const titleNames: Readonly<Record<StartedFactor, MessageName>> = {
  push: 'pushWaiting',
  sms: 'smsWaiting',
  phone: 'phoneWaiting',
};

const pendingView = (
  pending: Pending,
  { devices }: Offer,
  t: Translate,
  nowMs: number,
): PendingView => {
  const device = devices.find((one) => one.device === pending.device);
  return {
    factor: pending.factor,
    title: t(titleNames[pending.factor], { device: device ? deviceName(device) : '' }),
    status: statusText(pending, t),
    code: pending.verificationCode,
    secondsLeft: secondsLeft(pending, nowMs),
  };
};

const allFactors: readonly StartedFactor[] = ['push', 'sms', 'phone'];

const usableDevices = ({ devices }: Offer): readonly Device[] =>
  devices.filter((device) => allFactors.some((factor) => isCapable(device, factor)));

const selectedDevice = (offer: Offer, { preferredDevice }: Login): Device | undefined => {
  const usable = usableDevices(offer);
  const known = usable.find(({ device }) => device === preferredDevice);
  const push = pickDevice(offer, 'push', undefined, undefined);
  return known ?? usable.find(({ device }) => device === push) ?? usable[0];
};

const firstDigit = ({ devices }: Offer): string | undefined =>
  devices.find(({ smsNextCode }) => smsNextCode)?.smsNextCode;

type Shown = Extract<FlowState, { offer: Offer }>;

/** What the page of the second factor shows for a state. */
export const secondFactorView = (state: Shown, t: Translate, nowMs: number): SecondFactorView => {
  const { login, offer, notice } = state;
  const selected = selectedDevice(offer, login);
  return {
    user: login.username,
    notice: noticeText(notice, t),
    tone: notice !== undefined && goodNotices.includes(notice) ? 'good' : 'bad',
    factors: allFactors.filter((factor) => selected !== undefined && isCapable(selected, factor)),
    devices: usableDevices(offer).map((device) => ({
      id: device.device,
      name: deviceName(device),
      selected: device === selected,
    })),
    firstDigit: firstDigit(offer),
    pending: 'pending' in state ? pendingView(state.pending, offer, t, nowMs) : undefined,
  };
};

/**
 * A name for what the page shows, apart from what is updated in place. When it changes, the page is
 * fetched again.
 */
export const pageName = (state: FlowState): string => {
  switch (state.kind) {
    case 'waiting':
    case 'racing':
      return `pending ${state.pending.call} ${state.notice ?? ''}`;
    case 'choosing':
    case 'verifying':
      return [
        'choice',
        state.login.calls,
        state.login.preferredDevice,
        state.notice,
        firstDigit(state.offer),
      ].join(' ');
    case 'further-password':
      return `further ${state.login.calls}`;
    case 'first-factor':
    case 'prechecking':
    case 'checking-password':
    case 'enrolling':
    case 'granted':
    case 'refused':
      return state.kind;
  }
};
