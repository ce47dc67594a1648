import type { Parsed } from './contradictions.ts';

/** Names and units of the code for the settings of the file. */
export const toLoginSettings = (parsed: Parsed) => ({
  listen: parsed.listen,
  tls: parsed.tls,
  /** The origin that browsers see, such as `https://soar.example.com`. */
  publicOrigin: parsed.public_url,
  trustedProxies: parsed.trusted_proxies,
  duo: parsed.duo,
  firstFactor: parsed.first_factor,
  /** Who checks the password after Duo. */
  furtherPassword: parsed.further_password,
  secondFactor: {
    use2fa: parsed.use_2fa,
    requirePassword: parsed.require_password,
    failmode: parsed.failmode,
    autopush: parsed.autopush,
    groups: parsed.groups,
    users: parsed.users,
    safeAccounts: parsed.safe_accounts,
  },
  switches: parsed.settings,
  /** The server that confirms API keys; without it none passes. */
  apiKeys: parsed.api_keys,
  session: parsed.session,
  limits: parsed.limits,
  /** The key that seals the cookie of a remembered device; without it no device is remembered. */
  rememberedDevicesKey: parsed.remembered_devices?.key,
  /** Origins, besides the public one, that a login may return to. */
  returnOrigins: parsed.return_urls,
  brand: parsed.brand,
  /** The language of every page; by default the browser chooses. */
  language: parsed.language,
  messagesFile: parsed.messages_file,
  auditFile: parsed.audit_file,
  metricsListen: parsed.metrics_listen,
  controlSocket: parsed.control_socket,
});

/**
 * The settings of a gateway, as `loadSettings` reads them from YAML; `docs/login/settings.md` describes each,
 * by its name in the file. Frozen; they hold secrets, so they are never printed.
 */
export type LoginSettings = Readonly<ReturnType<typeof toLoginSettings>>;

/** Who checks the password. */
export type FirstFactorSettings = LoginSettings['firstFactor'];
/** When Duo is asked, and what happens when it is away. */
export type SecondFactorSettings = LoginSettings['secondFactor'];
/** Where `use_2fa` and `require_password` are read from while the gateway runs. */
export type SwitchSource = LoginSettings['switches'];
/** How the pages look. */
export type BrandSettings = LoginSettings['brand'];

/** Rules that a group or a user may have apart from the rest. */
export type RuleSettings = SecondFactorSettings['users'][string];
