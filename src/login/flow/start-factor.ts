import { pickDevice } from './devices.ts';
import type { EventOf } from './event.ts';
import type { Choice, Login, Offer } from './state.ts';
import { attempt, goTo, numbered, refuse, type Step } from './step.ts';

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

// State travels as JSON, in which a date is a text.
const isOver = (expiration: Date | string | undefined, atMs: number): boolean =>
  expiration !== undefined && new Date(expiration).getTime() <= atMs;

/** The user pressed one of the three buttons. */
export const chooseFactor = (
  login: Login,
  offer: Offer,
  { factor, device: wanted, atMs }: EventOf<'factor-chosen'>,
): Step => {
  const device = pickDevice(offer, factor, wanted, login.preferredDevice);
  if (device === undefined) {
    return goTo({ kind: 'choosing', login, offer, notice: 'cannot-start' });
  }
  return startChoice({ ...login, preferredDevice: device }, offer, { factor, device }, atMs);
};
