import type { Device } from '../../../src/duo/endpoints/preauth.ts';
import type { EventOf, FlowEvent } from '../../../src/login/flow/events.ts';
import type { FlowState, Login, Offer, Pending, Rules } from '../../../src/login/flow/state.ts';

export const nowMs = Date.UTC(2026, 0, 2, 3, 4, 5);

export const phone: Device = {
  device: 'DP1',
  type: 'phone',
  displayName: 'Work phone (XXX-XXX-1234)',
  name: 'Work phone',
  number: 'XXX-XXX-1234',
  capabilities: ['auto', 'push', 'sms', 'phone', 'mobile_otp'],
  smsNextCode: undefined,
};

export const tablet: Device = {
  ...phone,
  device: 'DP2',
  name: 'Tablet',
  displayName: 'Tablet',
  number: '',
  capabilities: ['auto', 'push', 'mobile_otp'],
};

export const rules: Rules = {
  secondFactor: 'duo',
  withoutDuo: 'duo-off',
  requirePassword: false,
  failmode: 'secure',
  autopush: false,
};

export const login: Login = {
  username: 'alice',
  groups: [],
  rules,
  attemptsLeft: 5,
  calls: 1,
};

export const withRules = (changed: Partial<Rules>): Login => ({
  ...login,
  rules: { ...rules, ...changed },
});

export const offer: Offer = { devices: [phone, tablet] };

export const pending: Pending = {
  factor: 'push',
  device: 'DP1',
  call: 1,
  txid: 'tx-1',
  startedAtMs: nowMs,
};

/** One of each kind of state. */
export const states = {
  'first-factor': { kind: 'first-factor' },
  prechecking: { kind: 'prechecking', login, call: 1 },
  choosing: { kind: 'choosing', login, offer },
  waiting: { kind: 'waiting', login, offer, pending },
  verifying: { kind: 'verifying', login, offer, checks: [1] },
  racing: { kind: 'racing', login, offer, pending, checks: [2] },
  'further-password': { kind: 'further-password', login, by: 'push' },
  'checking-password': { kind: 'checking-password', login, by: 'push', call: 1 },
  enrolling: { kind: 'enrolling', login, url: 'https://duo.example/enroll' },
  granted: { kind: 'granted', login, by: 'push' },
  refused: { kind: 'refused', login, reason: 'duo-deny' },
} as const satisfies { readonly [K in FlowState['kind']]: FlowState };

const preauth = (answer: EventOf<'preauth-answered'>['answer']): EventOf<'preauth-answered'> => ({
  kind: 'preauth-answered',
  call: 1,
  answer,
  atMs: nowMs,
});

const answered = (result: 'allow' | 'deny', status: string): EventOf<'answered'> => ({
  kind: 'answered',
  txid: 'tx-1',
  answer: { result, status },
});

const passcodeAnswered = (
  result: 'allow' | 'deny',
  status: string,
): EventOf<'passcode-answered'> => ({
  kind: 'passcode-answered',
  call: 1,
  answer: { result, status },
});

/** Every kind of event, and every answer that matters, by a name for the table. */
export const events = {
  'first factor passed': { kind: 'first-factor-passed', login },
  'preauth: auth': preauth({ result: 'auth', devices: [phone, tablet] }),
  'preauth: allow': preauth({ result: 'allow' }),
  'preauth: deny': preauth({ result: 'deny' }),
  'preauth: enroll': preauth({ result: 'enroll', url: 'https://duo.example/enroll' }),
  'duo failed': { kind: 'duo-failed', call: 1, outage: true, reason: 'timeout' },
  'factor chosen': { kind: 'factor-chosen', factor: 'push', atMs: nowMs },
  'device chosen': { kind: 'device-chosen', device: 'DP2' },
  started: { kind: 'started', call: 1, txid: 'tx-1' },
  withheld: { kind: 'withheld', call: 1, why: 'already-pending' },
  progressed: { kind: 'progressed', txid: 'tx-1', status: 'pushed' },
  'answered: allow': answered('allow', 'allow'),
  'answered: deny': answered('deny', 'deny'),
  'answered: timeout': answered('deny', 'timeout'),
  'answered: sent': answered('deny', 'sent'),
  'answered: fraud': answered('deny', 'fraud'),
  'answered: locked out': answered('deny', 'locked_out'),
  'passcode given': { kind: 'passcode-given', passcode: '123456' },
  'passcode: allow': passcodeAnswered('allow', 'allow'),
  'passcode: deny': passcodeAnswered('deny', 'deny'),
  'passcode: locked out': passcodeAnswered('deny', 'locked_out'),
  'password given': { kind: 'password-given', password: 'secret' },
  'password: right': { kind: 'password-checked', call: 1, passed: true },
  'password: wrong': { kind: 'password-checked', call: 1, passed: false },
  cancelled: { kind: 'cancelled' },
  'budget spent': { kind: 'budget-spent' },
  stalled: { kind: 'stalled' },
} as const satisfies Record<string, FlowEvent>;

export type EventName = keyof typeof events;
