import type { Device } from '../../duo/endpoints/preauth.ts';
import type { AuditResult, EventOf, FlowEffect, FlowEvent } from './events.ts';
import type {
  Choice,
  FlowState,
  GrantedBy,
  Login,
  Offer,
  RefusedReason,
  StartedFactor,
} from './state.ts';

/** The state after an event, and what is to be done. */
export interface Step {
  readonly state: FlowState;
  readonly effects: readonly FlowEffect[];
}

/** What a state does with events; an event that it does not name changes nothing. */
export type Handlers<S extends FlowState> = {
  readonly [K in FlowEvent['kind']]?: (state: S, event: EventOf<K>) => Step;
};

/** Go to a state. */
export const goTo = (state: FlowState, ...effects: FlowEffect[]): Step => ({ state, effects });

/** An entry of the audit log. */
export const audit = (
  result: AuditResult,
  about: {
    factor?: GrantedBy | undefined;
    device?: string | undefined;
    reason?: string | undefined;
  } = {},
): FlowEffect => ({ kind: 'audit', result, ...about });

/** Keep the user out, for good as far as this login goes. */
export const refuse = (login: Login, reason: RefusedReason, ...effects: FlowEffect[]): Step =>
  goTo({ kind: 'refused', login, reason }, ...effects, audit('refused', { reason }));

/** How the second factor was passed. */
export interface Pass {
  readonly by: GrantedBy;
  readonly sealedToken?: string | undefined;
}

/** The second factor is done: let the user in, or ask for the further password first. */
export const pass = (login: Login, { by, sealedToken }: Pass, ...effects: FlowEffect[]): Step => {
  // A safe account is there for the day when something else is broken; the verifier may be it.
  if (login.rules.requirePassword && by !== 'safe-account') {
    return goTo({ kind: 'further-password', login, by, sealedToken }, ...effects);
  }
  const granted = { kind: 'granted', login, by, sealedToken } as const;
  return goTo(granted, ...effects, audit('granted', { factor: by }));
};

/** Number the next call to Duo or to the verifier. */
export const numbered = (login: Login): Login => ({ ...login, calls: login.calls + 1 });

/** Use up one attempt and number its call. */
export const attempt = (login: Login): Login => ({
  ...numbered(login),
  attemptsLeft: login.attemptsLeft - 1,
});

/** Can this device be used for the factor? */
export const isCapable = (device: Device, factor: StartedFactor): boolean =>
  device.capabilities.includes(factor);

/**
 * The device to use: the one asked for, else the preferred one, else the first that can. A device that
 * Duo did not offer this user is never used, whatever a form says.
 */
export const pickDevice = (
  { devices }: Offer,
  factor: StartedFactor,
  wanted: string | undefined,
  preferred: string | undefined,
): string | undefined => {
  const capable = devices.filter((device) => isCapable(device, factor));
  if (wanted !== undefined) {
    return capable.find(({ device }) => device === wanted)?.device;
  }
  return (capable.find(({ device }) => device === preferred) ?? capable[0])?.device;
};

// State is kept as JSON, in which a date is text.
const isOver = (expiration: Date | string | undefined, atMs: number): boolean =>
  expiration !== undefined && new Date(expiration).getTime() <= atMs;

/** Start a push, call or text message on a device that has been picked. */
export const startChoice = (before: Login, offer: Offer, choice: Choice, atMs: number): Step => {
  if (before.attemptsLeft <= 0) {
    return refuse(before, 'budget');
  }
  const verified = choice.factor === 'push' ? offer.verifiedPush : undefined;
  if (choice.factor === 'push' && (offer.stale || isOver(verified?.expiration, atMs))) {
    const login = numbered(before);
    return goTo(
      { kind: 'prechecking', login, call: login.calls, choice },
      { kind: 'preauth', call: login.calls },
    );
  }
  const login = attempt(before);
  const call = login.calls;
  const left: Offer = verified ? { devices: offer.devices, stale: true } : offer;
  const verificationCode = verified?.verificationCode;
  return goTo(
    {
      kind: 'waiting',
      login,
      offer: left,
      pending: { ...choice, call, startedAtMs: atMs, verificationCode },
    },
    { kind: 'start', call, ...choice, verifiedTxid: verified?.txid },
  );
};
