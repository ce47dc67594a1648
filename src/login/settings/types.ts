import type { DuoClientOptions } from '../../hosts/node/duo-client.ts';
import type { BudgetLimits } from '../accounts/budgets.ts';
import type { LdapOptions } from '../first-factor/ldap.ts';
import type { XsoarServer } from '../first-factor/xsoar.ts';
import type { Failmode } from '../flow/state.ts';
import type { SessionLimits } from '../sessions.ts';

/** The first factor, as the settings choose it. */
export type FirstFactorSettings =
  | ({ readonly type: 'xsoar' } & XsoarServer)
  | ({ readonly type: 'ldap' } & LdapOptions)
  | { readonly type: 'htpasswd'; readonly file: string }
  | {
      readonly type: 'header';
      readonly userHeader: string;
      readonly groupsHeader?: string | undefined;
      readonly secret?: { readonly header: string; readonly value: string } | undefined;
    };

/** Rules that a group or a user may have apart from the rest. */
export interface RuleSettings {
  readonly failmode?: Failmode | undefined;
  readonly autopush?: boolean | undefined;
}

/** Whether and how the second factor is asked for. */
export interface SecondFactorSettings {
  readonly use2fa: boolean;
  readonly requirePassword: boolean;
  readonly failmode: Failmode;
  readonly autopush: boolean;
  readonly groups: Readonly<Record<string, RuleSettings>>;
  readonly users: Readonly<Record<string, RuleSettings>>;
  readonly safeAccounts: readonly string[];
}

/** Where the switches of the second factor are read from. */
export type SwitchSource =
  | { readonly from: 'file' }
  | {
      readonly from: 'xsoar';
      readonly server: XsoarServer;
      readonly apiKey: string;
      /** The instance's name; by default the only enabled one of a Duo integration. */
      readonly instance?: string | undefined;
      readonly refreshMs: number;
    };

/** How the pages present themselves. */
export interface BrandSettings {
  readonly name: string;
  /** A PNG, SVG, JPEG or WebP file. */
  readonly logoFile?: string | undefined;
  /** `#rrggbb`. */
  readonly color: string;
}

/** Everything the gateway is told. Frozen; holds secrets, so it is never printed. */
export interface LoginSettings {
  readonly listen: { readonly host: string; readonly port: number };
  readonly tls?: { readonly certFile: string; readonly keyFile: string } | undefined;
  /** The origin that browsers see, such as `https://soar.example.com`. */
  readonly publicOrigin: string;
  readonly trustedProxies: readonly string[];
  readonly duo: DuoClientOptions;
  readonly firstFactor: FirstFactorSettings;
  readonly secondFactor: SecondFactorSettings;
  readonly switches: SwitchSource;
  /** The server that confirms API keys; without it none passes. */
  readonly apiKeys?: XsoarServer | undefined;
  readonly furtherPassword?: FirstFactorSettings | undefined;
  readonly session: SessionLimits & { readonly redisUrl?: string | undefined };
  readonly challengeMs: number;
  readonly attemptsPerLogin: number;
  readonly budgets: BudgetLimits;
  /** Origins, besides the public one, that a login may return to. */
  readonly returnOrigins: readonly string[];
  readonly brand: BrandSettings;
  readonly language: string;
  /** A JSON file with texts of one's own, by the names of the package's. */
  readonly messagesFile?: string | undefined;
  readonly auditFile?: string | undefined;
  readonly metricsListen?: { readonly host: string; readonly port: number } | undefined;
  readonly controlSocket?: string | undefined;
}
