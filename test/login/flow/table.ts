import type { FlowState } from '../../../src/login/flow/state.ts';
import type { EventName } from './samples.ts';

/**
 * `=` for "nothing changes", else the next state and the effects in order, each with all that it carries.
 */
type Row = Readonly<Record<EventName, string>>;

const nothing: Row = {
  'first factor passed': '=',
  'preauth: auth': '=',
  'preauth: allow': '=',
  'preauth: deny': '=',
  'preauth: enroll': '=',
  'duo failed': '=',
  'factor chosen': '=',
  'device chosen': '=',
  started: '=',
  withheld: '=',
  progressed: '=',
  'answered: allow': '=',
  'answered: deny': '=',
  'answered: timeout': '=',
  'answered: sent': '=',
  'answered: fraud': '=',
  'answered: locked out': '=',
  'passcode given': '=',
  'passcode: allow': '=',
  'passcode: deny': '=',
  'passcode: locked out': '=',
  'password given': '=',
  'password: right': '=',
  'password: wrong': '=',
  cancelled: '=',
  'budget spent': '=',
  stalled: '=',
};

const audit = (what: string) => `audit(${what})`;
const granted = (by: string) => `granted ${audit(`result=granted factor=${by}`)}`;
const refused = (reason: string, ...before: string[]) =>
  ['refused', ...before, audit(`result=refused reason=${reason}`)].join(' ');
const failed = (about: string, reason: string) =>
  audit(`result=failed ${about}${about && ' '}reason=${reason}`);

const push = 'factor=push device=DP1';
const countedDeny = 'count-failure() remember-deny()';
const enrolling = `enrolling ${audit('result=enroll')}`;
const denied = refused('duo-deny', 'remember-deny()');

/** Every state with every event. A kind that is missing does not compile. */
export const table: Readonly<Record<FlowState['kind'], Row>> = {
  'first-factor': {
    ...nothing,
    'first factor passed': 'prechecking preauth(call=2)',
  },
  prechecking: {
    ...nothing,
    'preauth: auth': 'choosing',
    'preauth: allow': granted('bypass'),
    'preauth: deny': denied,
    'preauth: enroll': enrolling,
    'duo failed': refused('duo-unavailable', failed('', 'timeout')),
    'budget spent': refused('budget'),
    stalled: 'prechecking preauth(call=2)',
  },
  choosing: {
    ...nothing,
    // A refresh that this state asked for.
    'preauth: auth': 'choosing',
    'preauth: allow': granted('bypass'),
    'preauth: deny': denied,
    'preauth: enroll': enrolling,
    'factor chosen': `waiting start(call=2 ${push})`,
    'device chosen': 'choosing',
    'passcode given': 'verifying verify-passcode(call=2 passcode=123456)',
    'budget spent': refused('budget'),
  },
  waiting: {
    ...nothing,
    'duo failed': `choosing ${failed(push, 'timeout')}`,
    started: 'waiting follow(txid=tx-1)',
    withheld: `choosing ${failed(push, 'already-pending')}`,
    progressed: 'waiting',
    'answered: allow': granted('push'),
    'answered: deny': `choosing ${countedDeny} ${failed(push, 'denied')}`,
    'answered: timeout': `choosing ${failed(push, 'timeout')}`,
    'answered: sent': `choosing ${audit(`result=sent ${push}`)} preauth(call=2)`,
    'answered: fraud': refused('fraud', countedDeny),
    'answered: locked out': refused('locked-out', countedDeny),
    'passcode given': 'racing verify-passcode(call=2 passcode=123456)',
    cancelled: 'choosing',
    'budget spent': refused('budget'),
    stalled: 'waiting follow(txid=tx-1)',
  },
  verifying: {
    ...nothing,
    'preauth: auth': 'verifying',
    'preauth: allow': granted('bypass'),
    'preauth: deny': denied,
    'preauth: enroll': enrolling,
    'duo failed': `choosing ${failed('factor=passcode', 'timeout')}`,
    'passcode given': 'verifying verify-passcode(call=2 passcode=123456)',
    'passcode: allow': granted('passcode'),
    // The failure was charged before Duo was asked.
    'passcode: deny': `choosing remember-deny() ${failed('factor=passcode', 'denied')}`,
    'passcode: locked out': refused('locked-out', 'remember-deny()'),
    'budget spent': refused('budget'),
    stalled: 'choosing',
  },
  racing: {
    ...nothing,
    // Call 1 is the push; the code is call 2, so answers to a code that was call 1 are not awaited.
    'duo failed': `verifying ${failed(push, 'timeout')}`,
    started: 'racing follow(txid=tx-1)',
    withheld: `verifying ${failed(push, 'already-pending')}`,
    progressed: 'racing',
    'answered: allow': granted('push'),
    'answered: deny': `verifying ${countedDeny} ${failed(push, 'denied')}`,
    'answered: timeout': `verifying ${failed(push, 'timeout')}`,
    'answered: sent': `verifying ${audit(`result=sent ${push}`)} preauth(call=2)`,
    'answered: fraud': refused('fraud', countedDeny),
    'answered: locked out': refused('locked-out', countedDeny),
    'passcode given': 'racing verify-passcode(call=2 passcode=123456)',
    cancelled: 'verifying',
    'budget spent': refused('budget'),
    stalled: 'waiting follow(txid=tx-1)',
  },
  'further-password': {
    ...nothing,
    'password given': 'checking-password check-password(call=2 password=secret)',
    'budget spent': refused('budget'),
  },
  'checking-password': {
    ...nothing,
    'password: right': granted('push'),
    'password: wrong': `further-password ${failed('', 'further-password')}`,
    'budget spent': refused('budget'),
    stalled: 'further-password',
  },
  enrolling: nothing,
  granted: nothing,
  refused: nothing,
};
