/**
 * The login gateway, for a Node application of your own. docs/login describes it.
 *
 * @module xsoar-duo/login
 */
export { MissingPackageError } from '../optional/load-optional-package.ts';
export type { CheckResult } from './check-settings.ts';
export { checkLoginSettings } from './check-settings.ts';
export { FirstFactorUnavailableError } from './first-factor/first-factor.ts';
export type { LdapOptions } from './first-factor/ldap.ts';
export type { XsoarServer } from './first-factor/xsoar.ts';
export type { Failmode, GrantedBy } from './flow/state.ts';
export type { GatewayOptions, LoginGateway } from './gateway.ts';
export { createLoginGateway } from './gateway.ts';
export { languages, messageNames } from './pages/messages.ts';
export { LoginStartError } from './resources.ts';
export type { Embedding, SignedInUser } from './server/embedding.ts';
export type { RemoteAdmin, SessionAdmin } from './session-admin.ts';
export { openSessionAdmin, SessionsOutOfReachError } from './session-admin.ts';
export type { ListedSession, Session } from './sessions.ts';
export type { LoadOptions } from './settings/load-settings.ts';
export { LoginSettingsError, loadSettings } from './settings/load-settings.ts';
export type {
  BrandSettings,
  FirstFactorSettings,
  LoginSettings,
  RuleSettings,
  SecondFactorSettings,
  SwitchSource,
} from './settings/settings.ts';
