import type { FlowState } from '../../../src/login/flow/state.ts';
import type { EventName } from './samples.ts';

/** `=` for "nothing changes", else the next state and the effects that go with it, in order. */
type Row = Readonly<Record<EventName, string>>;

const nothing: Row = {
  'first factor passed': '=',
  'preauth: auth': '=',
  'preauth: allow': '=',
  'preauth: deny': '=',
  'preauth: enroll': '=',
  'duo failed': '=',
  'factor chosen': '=',
  started: '=',
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

const refusedFor = (reason: string) => `refused audit:refused:${reason}`;
const denied = 'count-failure remember-deny';
const refusedAfter = (reason: string) => `refused ${denied} audit:refused:${reason}`;
const refusedForFraud = `refused audit:fraud ${denied} audit:refused:fraud`;

/** Every state with every event. A kind that is missing does not compile. */
export const table: Readonly<Record<FlowState['kind'], Row>> = {
  'first-factor': {
    ...nothing,
    'first factor passed': 'prechecking preauth',
  },
  prechecking: {
    ...nothing,
    'preauth: auth': 'choosing',
    'preauth: allow': 'granted audit:granted',
    'preauth: deny': 'refused remember-deny audit:refused:duo-deny',
    'preauth: enroll': 'enrolling audit:enroll',
    'duo failed': 'refused audit:failed:timeout audit:refused:duo-unavailable',
    'budget spent': refusedFor('budget'),
    stalled: 'prechecking preauth',
  },
  choosing: {
    ...nothing,
    // A refresh that this state asked for.
    'preauth: auth': 'choosing',
    'preauth: allow': 'granted audit:granted',
    'preauth: deny': 'refused remember-deny audit:refused:duo-deny',
    'preauth: enroll': 'enrolling audit:enroll',
    'factor chosen': 'waiting start',
    'passcode given': 'verifying verify-passcode',
    'budget spent': refusedFor('budget'),
  },
  waiting: {
    ...nothing,
    'duo failed': 'choosing audit:failed:timeout',
    started: 'waiting follow',
    progressed: 'waiting',
    'answered: allow': 'granted audit:granted',
    'answered: deny': `choosing ${denied} audit:failed:denied`,
    'answered: timeout': 'choosing audit:failed:timeout',
    'answered: sent': 'choosing audit:sent preauth',
    'answered: fraud': refusedForFraud,
    'answered: locked out': refusedAfter('locked-out'),
    'passcode given': 'racing verify-passcode',
    cancelled: 'choosing',
    'budget spent': refusedFor('budget'),
    stalled: 'waiting follow',
  },
  verifying: {
    ...nothing,
    'preauth: auth': 'verifying',
    'preauth: allow': 'granted audit:granted',
    'preauth: deny': 'refused remember-deny audit:refused:duo-deny',
    'preauth: enroll': 'enrolling audit:enroll',
    'duo failed': 'choosing audit:failed:timeout',
    'passcode given': 'verifying verify-passcode',
    'passcode: allow': 'granted audit:granted',
    'passcode: deny': `choosing ${denied} audit:failed:denied`,
    'passcode: locked out': refusedAfter('locked-out'),
    'budget spent': refusedFor('budget'),
    stalled: 'choosing',
  },
  racing: {
    ...nothing,
    // Call 1 is the push; the code is call 2, so answers to a code that was call 1 are not awaited.
    'duo failed': 'verifying audit:failed:timeout',
    started: 'racing follow',
    progressed: 'racing',
    'answered: allow': 'granted audit:granted',
    'answered: deny': `verifying ${denied} audit:failed:denied`,
    'answered: timeout': 'verifying audit:failed:timeout',
    'answered: sent': 'verifying audit:sent preauth',
    'answered: fraud': refusedForFraud,
    'answered: locked out': refusedAfter('locked-out'),
    'passcode given': 'racing verify-passcode',
    cancelled: 'verifying',
    'budget spent': refusedFor('budget'),
    stalled: 'waiting follow',
  },
  'further-password': {
    ...nothing,
    'password given': 'checking-password check-password',
    'budget spent': refusedFor('budget'),
  },
  'checking-password': {
    ...nothing,
    'password: right': 'granted audit:granted',
    'password: wrong': 'further-password count-failure audit:failed:further-password',
    'budget spent': refusedFor('budget'),
    stalled: 'further-password',
  },
  enrolling: nothing,
  granted: nothing,
  refused: nothing,
};
