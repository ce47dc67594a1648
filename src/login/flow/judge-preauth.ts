import { pickDevice } from './devices.ts';
import type { EventOf } from './event.ts';
import { startChoice } from './start-factor.ts';
import type { Choice, Login, Notice } from './state.ts';
import { audit, goTo, pass, refuse, type Step } from './step.ts';

/** What preauth was asked for. */
interface Purpose {
  /** Started as soon as Duo says `auth`. */
  readonly choice?: Choice | undefined;
  /** Shown above the choices. */
  readonly notice?: Notice | undefined;
  /** A push may be sent without being asked for: at the first preauth of a login only. */
  readonly mayAutopush: boolean;
}

/** Act on Duo's answer to preauth. */
export const judgePreauth = (
  login: Login,
  { answer, atMs }: EventOf<'preauth-answered'>,
  { choice, notice, mayAutopush }: Purpose,
): Step => {
  switch (answer.result) {
    case 'allow':
      return pass(login, 'bypass');
    case 'deny':
      return refuse(login, 'duo-deny', { kind: 'remember-deny' });
    case 'enroll':
      return goTo({ kind: 'enrolling', login, url: answer.url }, audit('enroll'));
    case 'auth': {
      const offer = { devices: answer.devices, verifiedPush: answer.verifiedPush };
      if (choice !== undefined) {
        return startChoice(login, offer, choice, atMs);
      }
      const device = pickDevice(offer, 'push', undefined, login.preferredDevice);
      if (mayAutopush && login.rules.autopush && device !== undefined) {
        return startChoice(login, offer, { factor: 'push', device }, atMs);
      }
      return goTo({ kind: 'choosing', login, offer, notice });
    }
    default:
      return answer satisfies never;
  }
};
