import type { Budgets } from '../accounts/budgets.ts';
import type { Challenges } from '../challenges.ts';
import type { Engine } from '../engine/engine.ts';
import type { FirstFactor } from '../first-factor/first-factor.ts';
import type { PageFrame } from '../pages/layout.ts';
import type { Switches } from '../second-factor/rules.ts';
import type { Sessions } from '../sessions.ts';
import type { LoginSettings } from '../settings/types.ts';
import type { Store } from '../store/store.ts';
import type { AuditEntry } from '../watch/audit-log.ts';

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
  readonly audit: (entry: AuditEntry) => void;
  readonly now: () => number;
  readonly frame: PageFrame;
  /** Is this the address of a proxy whose headers count? */
  readonly isTrusted: (address: string) => boolean;
  /** The gateway is stopping and takes no new work. */
  readonly isStopping: () => boolean;
  /** A wrong login is answered no sooner than this after it came. */
  readonly failureMs: number;
}
