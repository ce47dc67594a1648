import type { Budgets } from '../accounts/budgets.ts';
import type { Challenges } from '../engine/challenges.ts';
import type { Engine } from '../engine/engine.ts';
import type { FirstFactor } from '../first-factor/first-factor.ts';
import type { PageFrame } from '../pages/layout.ts';
import type { Switches } from '../second-factor/rules.ts';
import type { Sessions } from '../sessions.ts';
import type { LoginSettings } from '../settings/settings.ts';
import type { Store } from '../store/store.ts';
import type { AuditLog } from '../watch/audit-log.ts';
import type { RememberedDevices, SessionCookie } from './cookies.ts';

/** What the routes work with. */
export interface GatewayContext {
  readonly settings: LoginSettings;
  readonly store: Store;
  readonly engine: Engine;
  readonly challenges: Challenges;
  readonly sessions: Sessions;
  readonly budgets: Budgets;
  readonly firstFactor: FirstFactor;
  readonly switches: () => Switches;
  readonly audit: AuditLog;
  /** A warning for the operator. */
  readonly warn: (message: string) => void;
  readonly now: () => number;
  /** What every page has, in the default language. */
  readonly frame: PageFrame;
  /** The same in the language that a browser asks for. */
  readonly frameFor: (acceptLanguage: string | undefined) => PageFrame;
  readonly sessionCookie: SessionCookie;
  /** Absent when no device is remembered. */
  readonly rememberedDevices: RememberedDevices | undefined;
  /** Is this the address of a proxy whose headers count? */
  readonly isTrusted: (address: string) => boolean;
  /** The gateway is stopping and takes no new work. */
  readonly isStopping: () => boolean;
  /** The least time from a wrong login to its response. */
  readonly failureMs: number;
}
