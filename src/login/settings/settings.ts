import type * as z from 'zod';
import type { Fault } from '../../duo/errors/input-errors.ts';
import { hostOf, isLoopback } from './fields.ts';
import type { createShape } from './schema.ts';

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

/** What a group or a user may have instead of the general settings. */
export type RuleSettings = SecondFactorSettings['users'][string];

type Shape = ReturnType<typeof createShape>;

/** The settings by their names in the file, with values for the code. */
export type Parsed = { readonly [K in keyof Shape]: z.infer<Shape[K]> };

type Rule = (parsed: Partial<Parsed>) => Fault | false | undefined;

/** A rule over several settings. It is skipped while one of them has a fault of its own. */
const rule =
  <K extends keyof Parsed>(
    needs: readonly K[],
    check: (settings: Pick<Parsed, K>) => Fault | false | undefined,
  ): Rule =>
  (parsed) =>
    needs.every((name) => name in parsed) && check(parsed as Pick<Parsed, K>);

const isWithin = (host: string, domain: string): boolean =>
  host === domain || host.endsWith(`.${domain}`);

const rules: readonly Rule[] = [
  rule(
    ['use_2fa', 'settings', 'safe_accounts', 'no_safe_account'],
    (all) =>
      (all.use_2fa || all.settings.from === 'xsoar') &&
      all.safe_accounts.length === 0 &&
      !all.no_safe_account && {
        name: 'safe_accounts',
        rule: 'is empty: when Duo is out of order, every user is locked out. Name an account, or set no_safe_account: true',
      },
  ),
  rule(
    ['safe_accounts', 'no_safe_account'],
    (all) =>
      all.safe_accounts.length > 0 &&
      all.no_safe_account && {
        name: 'no_safe_account',
        rule: 'contradicts safe_accounts',
      },
  ),
  rule(
    ['require_password', 'settings', 'further_password'],
    (all) =>
      (all.require_password || all.settings.from === 'xsoar') &&
      all.further_password === undefined && {
        name: 'further_password',
        rule: 'is missing: the further password needs a verifier of its own',
      },
  ),
  rule(
    ['first_factor', 'trusted_proxies'],
    (all) =>
      all.first_factor.type === 'header' &&
      all.trusted_proxies.length === 0 && {
        name: 'trusted_proxies',
        rule: 'is empty, so the header of the first factor never counts',
      },
  ),
  rule(
    ['tls', 'listen', 'trusted_proxies'],
    (all) =>
      all.tls === undefined &&
      !isLoopback(all.listen.host) &&
      all.trusted_proxies.length === 0 && {
        name: 'tls',
        rule: 'is missing: without it, listen on this machine alone or name trusted_proxies that end TLS',
      },
  ),
  rule(
    ['public_url'],
    (all) =>
      all.public_url.startsWith('http:') &&
      !isLoopback(hostOf(all.public_url)) && {
        name: 'public_url',
        rule: 'must begin with https://: browsers keep the cookies of a login only over TLS',
      },
  ),
  rule(['session', 'public_url', 'return_urls'], ({ session, public_url, return_urls }) => {
    const { cookieDomain } = session;
    const outside = [public_url, ...return_urls].find(
      (url) => cookieDomain !== undefined && !isWithin(hostOf(url), cookieDomain),
    );
    return (
      outside !== undefined && {
        name: 'session.cookie_domain',
        rule: 'must be a domain of public_url and of every one of return_urls',
      }
    );
  }),
  rule(
    ['remembered_devices'],
    ({ remembered_devices: remembered }) =>
      remembered !== undefined &&
      remembered.key.length < 32 && {
        name: 'remembered_devices.key',
        rule: 'must have at least 32 characters (make it with openssl rand -base64 32)',
      },
  ),
];

/** Every fault that several settings make together. */
export const findContradictions = (parsed: Partial<Parsed>): readonly Fault[] =>
  rules.map((check) => check(parsed)).filter((fault) => typeof fault === 'object');
