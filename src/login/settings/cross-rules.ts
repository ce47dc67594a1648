import type { Fault } from '../../duo/errors/input-errors.ts';
import { parseUrl } from '../parse-url.ts';
import type { WrittenSettings } from './schema.ts';

type Rule = (settings: WrittenSettings) => Fault | false;

const isLoopback = (host: string): boolean => /^(?:127\.|::1$|localhost$)/.test(host);

const may2faBeOn = ({ use_2fa, settings }: WrittenSettings): boolean =>
  use_2fa || settings.from === 'xsoar';

const ldapRules = (name: 'first_factor' | 'further_password'): readonly Rule[] => [
  (all) => {
    const factor = all[name];
    return (
      factor?.type === 'ldap' &&
      (factor.user_dn === undefined) === (factor.base === undefined) && {
        name,
        rule: 'needs either user_dn, to bind directly, or base, to search first',
      }
    );
  },
  (all) => {
    const factor = all[name];
    return (
      factor?.type === 'ldap' &&
      factor.base !== undefined &&
      (factor.bind_dn === undefined || factor.bind_password === undefined) && {
        name,
        rule: 'needs bind_dn and bind_password to search the directory',
      }
    );
  },
  (all) => {
    const factor = all[name];
    return (
      factor?.type === 'ldap' &&
      factor.url.startsWith('ldap:') &&
      !factor.start_tls &&
      !isLoopback(parseUrl(factor.url)?.hostname ?? '') && {
        name: `${name}.start_tls`,
        rule: 'must be on, or the url must begin with ldaps://: passwords would travel in the clear',
      }
    );
  },
];

/** What no single setting can tell. */
const rules: readonly Rule[] = [
  (all) =>
    may2faBeOn(all) &&
    all.safe_accounts.length === 0 &&
    !all.no_safe_account && {
      name: 'safe_accounts',
      rule: 'names nobody: when Duo is out of order, everybody is locked out. Name an account, or set no_safe_account: true',
    },
  (all) =>
    all.safe_accounts.length > 0 &&
    all.no_safe_account && {
      name: 'no_safe_account',
      rule: 'contradicts safe_accounts, which names somebody',
    },
  (all) =>
    (all.require_password || all.settings.from === 'xsoar') &&
    all.further_password === undefined && {
      name: 'further_password',
      rule: 'is missing: the further password needs a verifier of its own',
    },
  (all) =>
    all.first_factor.type === 'header' &&
    all.trusted_proxies.length === 0 && {
      name: 'trusted_proxies',
      rule: 'names nobody, so nobody may send the header of the first factor',
    },
  (all) =>
    all.first_factor.type === 'header' &&
    (all.first_factor.secret === undefined) !== (all.first_factor.secret_header === undefined) && {
      name: 'first_factor.secret',
      rule: 'and secret_header belong together',
    },
  (all) =>
    all.tls === undefined &&
    !isLoopback(all.listen.host) &&
    all.trusted_proxies.length === 0 && {
      name: 'tls',
      rule: 'is missing: without it, listen on this machine alone or name trusted_proxies that end TLS',
    },
  (all) =>
    all.public_url.startsWith('http:') &&
    !isLoopback(parseUrl(all.public_url)?.hostname ?? '') && {
      name: 'public_url',
      rule: 'must begin with https://: browsers keep the cookies of a login only over TLS',
    },
  ...ldapRules('first_factor'),
  ...ldapRules('further_password'),
];

/** Every fault that two settings together make. */
export const findContradictions = (settings: WrittenSettings): readonly Fault[] =>
  rules.map((rule) => rule(settings)).filter((fault) => fault !== false);
