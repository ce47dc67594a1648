import { onFirstFactor, onPrechecking } from './before-choice.ts';
import { onChoosing, onRacing, onVerifying, onWaiting } from './choice.ts';
import type { FlowEvent } from './event.ts';
import { onCheckingPassword, onFurtherPassword } from './further-password.ts';
import type { FlowState, StateOf } from './state.ts';
import type { Handlers, Step } from './step.ts';

const handlers: { readonly [K in FlowState['kind']]: Handlers<StateOf<K>> } = {
  'first-factor': onFirstFactor,
  prechecking: onPrechecking,
  choosing: onChoosing,
  waiting: onWaiting,
  verifying: onVerifying,
  racing: onRacing,
  'further-password': onFurtherPassword,
  'checking-password': onCheckingPassword,
  // Ends: no event leads out of them.
  enrolling: {},
  granted: {},
  refused: {},
};

type Handler = (state: FlowState, event: FlowEvent) => Step;

/**
 * The login, whole: what follows when an event meets a state. Pure; an event that does not belong to
 * a state leaves it as it is, the very same object.
 */
export const next = (state: FlowState, event: FlowEvent): Step => {
  // The table pairs each handler with its own state and event; the compiler cannot follow both keys.
  const handle = handlers[state.kind][event.kind] as Handler | undefined;
  return handle === undefined ? { state, effects: [] } : handle(state, event);
};
