const server = (prefix: string): Readonly<Record<string, string>> => ({
  [`${prefix}url`]: 'the address of the server',
  [`${prefix}ca_file`]: 'certificate authorities to accept besides those of the platform, in PEM',
  [`${prefix}insecure`]: 'accept any certificate',
  [`${prefix}allow_cleartext`]: 'send passwords and keys over http, too',
  [`${prefix}timeout_seconds`]: 'how long the server may take',
});

/** What each setting of the gateway says, by its path; `=` goes before the type of what has several. */
export const settingsWords: Readonly<Record<string, string>> = {
  listen: 'a port on this machine, or `host:port`; `127.0.0.1:8443` by default',
  'tls.cert_file':
    'the certificate in PEM; read again when it changes. Without `tls` the proxy in front must end TLS',
  'tls.key_file': 'its key',
  public_url: 'the origin that browsers see, such as `https://soar.example.com`',
  trusted_proxies: 'addresses and ranges whose `X-Forwarded-*` headers count',
  'duo.hostname': 'the API hostname of the Auth API application in Duo',
  'duo.ikey': 'its integration key',
  'duo.skey': 'its secret key',
  'duo.useragent': 'the name that Duo sees; that of the program by default',
  'duo.timeout_seconds': 'a Duo that is silent for longer counts as away',
  'duo.proxy': 'use `HTTPS_PROXY` and `NO_PROXY`',
  'duo.insecure': 'accept any certificate',
  'duo.ca_file': 'certificate authorities to accept besides those of the platform, in PEM',
  first_factor: 'who checks the password: `type`, and what it needs, below',
  further_password: 'who checks the password after Duo: as `first_factor`, but not `header`',
  use_2fa: 'ask for Duo at all',
  require_password: 'ask for the further password',
  failmode: 'what happens when Duo is away: `safe` lets in, `secure` does not',
  autopush: 'send a push without being asked. Never after a deny',
  groups:
    "`{ name: { failmode: …, autopush: … } }`; a user's own rule goes first, of several groups the strictest failmode counts. A group is named by its name or by its distinguished name",
  users: 'the same, for single users',
  safe_accounts: 'names that need no Duo, exactly as the first factor has them',
  no_safe_account: 'start without any safe account',
  settings: 'where the two switches are: `from`, and what it needs, below',
  ...server('api_keys.'),
  'api_keys.url': 'the server that confirms API keys; without `api_keys` none passes',
  'session.redis_url': 'where sessions are; in memory without it',
  'session.idle_minutes': 'a session ends after so long without a request',
  'session.absolute_hours': 'and after so long in any case',
  'session.cookie_domain':
    'one session for all hosts of a domain, such as `example.com`. Only for a domain whose hosts are all yours',
  'limits.login_minutes': 'how long a login may take',
  'limits.attempts_per_login': 'pushes, calls, messages and codes in one login',
  'limits.failures_per_user': 'wrong passwords and codes of one user in `window_minutes`',
  'limits.failures_per_address': 'wrong passwords and codes from one address in `window_minutes`',
  'limits.unapproved_per_user':
    'pushes, calls and messages to one user that were not approved, in `window_minutes`',
  'limits.failmode_logins': 'logins that `failmode: safe` lets in, in `window_minutes`',
  'limits.window_minutes': 'how long what is counted counts',
  'limits.fraud_lock_hours':
    'after a report of fraud nothing is sent to the user for so long; without it, until `--unlock`',
  'limits.requests_per_minute': 'requests to the pages from one address',
  'limits.body_kilobytes': 'the largest form',
  'limits.headers_seconds': 'the slowest client, for the headers of a request',
  'limits.request_seconds': 'and for the whole request',
  'remembered_devices.key':
    "32 characters or more. With it, users may have their browser remembered, as far as Duo's policy allows; Duo then lets it in without asking again. Off without it",
  return_urls: 'origins, besides the public one, that a login may return to',
  'brand.name': 'the title of the pages',
  'brand.logo_file': 'a picture for them',
  'brand.color': 'the color of buttons and links',
  language: "`en` or `de` for all; without it each browser's own",
  messages_file: 'a JSON file with texts of your own',
  audit_file: 'where the audit stream goes; standard output without it',
  metrics_listen: 'where Prometheus may ask for `/metrics`; nowhere without it',
  control_socket: 'a Unix socket for `--sessions`, `--end`, `--end-user` and `--unlock`',
  'first_factor=xsoar': 'The XSOAR server itself.',
  ...server('first_factor=xsoar.'),
  'first_factor=ldap':
    'A directory. Either `user_dn`, to bind as the user, or `base`, `bind_dn` and `bind_password`, to search first.',
  'first_factor=ldap.url':
    '`ldaps://` or `ldap://`, one or a list, of which the first that answers is used',
  'first_factor=ldap.start_tls': 'go over to TLS before anything is sent',
  'first_factor=ldap.ca_file':
    'certificate authorities to accept besides those of the platform, in PEM',
  'first_factor=ldap.allow_cleartext': 'send passwords without TLS, too',
  'first_factor=ldap.timeout_seconds': 'how long the directory may take',
  'first_factor=ldap.user_dn': 'such as `uid={username},ou=people,dc=example,dc=com`',
  'first_factor=ldap.bind_dn': 'who searches',
  'first_factor=ldap.bind_password': "that entry's password",
  'first_factor=ldap.base': 'where users are',
  'first_factor=ldap.filter': 'what finds a user',
  'first_factor=ldap.username_attribute': 'the name that Duo is asked about',
  'first_factor=ldap.groups_attribute': 'the groups of a user',
  'first_factor=ldap.nested_groups_base':
    "where groups are; counts those that hold a user's groups as well",
  'first_factor=htpasswd': 'A file with bcrypt hashes, as `htpasswd -B` makes them.',
  'first_factor=htpasswd.file': 'read again when it changes',
  'first_factor=header': 'A proxy in front, which names the user in a header.',
  'first_factor=header.user_header': 'the header with the name',
  'first_factor=header.groups_header': 'the header with the groups, separated by commas',
  'first_factor=header.secret_header': 'a header that proves that the proxy sent it',
  'first_factor=header.secret': 'what it must hold',
  'settings=file': 'The file itself.',
  'settings=xsoar':
    'The Duo instance on an XSOAR server, asked at the start and then again and again.',
  ...server('settings=xsoar.'),
  'settings=xsoar.api_key': 'a key of an administrator',
  'settings=xsoar.instance':
    "the instance's name; by default the only enabled one of a Duo integration",
  'settings=xsoar.refresh_seconds': 'how often the server is asked',
  searching: `It is the better way: Duo is then asked about the name in the entry, not about
the spelling that was typed. With \`user_dn\`, a name that a directory could take for another spelling of the
same entry is refused: capitals, accents, full-width letters, invisible characters, repeated spaces.

\`nested_groups_base\` needs a directory with the matching rule for chains, as Active Directory and Samba have it;
\`--check\` says whether yours does.`,
};
