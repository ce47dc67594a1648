import type { SecretPlace } from './fields.ts';
import type { WrittenSettings } from './schema.ts';
import type { FirstFactorSettings, LoginSettings, SwitchSource } from './types.ts';

/** How the parts of the file that lie outside it are found. */
interface Outside {
  readonly secret: (name: string, place: SecretPlace) => string;
  /** A file's path, seen from the folder of the settings. */
  readonly path: (file: string) => string;
}

const minuteMs = 60_000;

type WrittenServer = {
  readonly url: string;
  readonly ca_file?: string | undefined;
  readonly insecure: boolean;
  readonly timeout_seconds: number;
};

const toServer = (written: WrittenServer, { path }: Outside) => ({
  url: written.url.replace(/\/$/, ''),
  caFile: written.ca_file === undefined ? undefined : path(written.ca_file),
  insecure: written.insecure,
  timeoutMs: written.timeout_seconds * 1000,
});

type WrittenFactor = WrittenSettings['first_factor'];

const toLdap = (
  name: string,
  written: Extract<WrittenFactor, { type: 'ldap' }>,
  { secret, path }: Outside,
): FirstFactorSettings => ({
  type: 'ldap',
  url: written.url,
  startTls: written.start_tls,
  caFile: written.ca_file === undefined ? undefined : path(written.ca_file),
  timeoutMs: written.timeout_seconds * 1000,
  find:
    written.user_dn === undefined
      ? {
          by: 'search',
          bindDn: written.bind_dn ?? '',
          bindPassword:
            written.bind_password === undefined
              ? ''
              : secret(`${name}.bind_password`, written.bind_password),
          base: written.base ?? '',
          filter: written.filter,
          usernameAttribute: written.username_attribute,
          groupsAttribute: written.groups_attribute,
        }
      : { by: 'bind', userDn: written.user_dn },
});

const toFactor = (name: string, written: WrittenFactor, outside: Outside): FirstFactorSettings => {
  switch (written.type) {
    case 'xsoar':
      return { type: 'xsoar', ...toServer(written, outside) };
    case 'ldap':
      return toLdap(name, written, outside);
    case 'htpasswd':
      return { type: 'htpasswd', file: outside.path(written.file) };
    case 'header': {
      const { user_header, groups_header, secret_header, secret } = written;
      return {
        type: 'header',
        userHeader: user_header,
        groupsHeader: groups_header,
        secret:
          secret === undefined || secret_header === undefined
            ? undefined
            : { header: secret_header, value: outside.secret(`${name}.secret`, secret) },
      };
    }
    default:
      return written satisfies never;
  }
};

const toSwitches = ({ settings }: WrittenSettings, outside: Outside): SwitchSource =>
  settings.from === 'file'
    ? { from: 'file' }
    : {
        from: 'xsoar',
        server: toServer(settings, outside),
        apiKey: outside.secret('settings.api_key', settings.api_key),
        instance: settings.instance,
        refreshMs: settings.refresh_seconds * 1000,
      };

const toDuo = ({ duo }: WrittenSettings, { secret, path }: Outside): LoginSettings['duo'] => ({
  hostname: duo.hostname,
  ikey: duo.ikey,
  skey: secret('duo.skey', duo.skey),
  useragent: duo.useragent,
  timeout: duo.timeout_seconds,
  proxy: duo.proxy,
  insecure: duo.insecure,
  caFile: duo.ca_file === undefined ? undefined : path(duo.ca_file),
});

/** The written settings under the names and units of the code, with secrets in place. */
export const convert = (all: WrittenSettings, outside: Outside): LoginSettings => {
  const { secret, path } = outside;
  const optionalPath = (file: string | undefined) => (file === undefined ? undefined : path(file));
  return {
    listen: all.listen,
    tls: all.tls && { certFile: path(all.tls.cert_file), keyFile: path(all.tls.key_file) },
    publicOrigin: all.public_url,
    trustedProxies: all.trusted_proxies,
    duo: toDuo(all, outside),
    firstFactor: toFactor('first_factor', all.first_factor, outside),
    furtherPassword:
      all.further_password && toFactor('further_password', all.further_password, outside),
    secondFactor: {
      use2fa: all.use_2fa,
      requirePassword: all.require_password,
      failmode: all.failmode,
      autopush: all.autopush,
      groups: all.groups,
      users: all.users,
      safeAccounts: all.safe_accounts,
    },
    switches: toSwitches(all, outside),
    apiKeys: all.api_keys && toServer(all.api_keys, outside),
    session: {
      idleMs: all.session.idle_minutes * minuteMs,
      absoluteMs: all.session.absolute_hours * 60 * minuteMs,
      redisUrl: all.session.redis_url && secret('session.redis_url', all.session.redis_url),
    },
    challengeMs: all.limits.login_minutes * minuteMs,
    attemptsPerLogin: all.limits.attempts_per_login,
    budgets: {
      failuresPerUser: all.limits.failures_per_user,
      failuresPerAddress: all.limits.failures_per_address,
      windowMs: all.limits.window_minutes * minuteMs,
    },
    returnOrigins: all.return_urls,
    brand: { ...all.brand, logoFile: optionalPath(all.brand.logo_file) },
    language: all.language,
    messagesFile: optionalPath(all.messages_file),
    auditFile: optionalPath(all.audit_file),
    metricsListen: all.metrics_listen,
    controlSocket: optionalPath(all.control_socket),
  };
};
