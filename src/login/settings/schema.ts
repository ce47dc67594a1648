import * as z from 'zod';
import {
  addressRange,
  flag,
  headerName,
  listenAddress,
  origin,
  secret,
  serverUrl,
  text,
  whole,
} from './fields.ts';

const failmode = z.enum(['secure', 'safe'], 'must be secure or safe');
const rule = z.strictObject({ failmode: failmode.optional(), autopush: flag.optional() });

const seconds = (most: number, usual: number) => whole(1, most).default(usual);

const xsoarServer = {
  url: serverUrl('https:', 'http:'),
  ca_file: text.optional(),
  insecure: flag.default(false),
  timeout_seconds: seconds(120, 15),
};

const ldapCommon = {
  type: z.literal('ldap'),
  url: serverUrl('ldap:', 'ldaps:'),
  start_tls: flag.default(false),
  ca_file: text.optional(),
  timeout_seconds: seconds(60, 5),
};

const withUsername = text.includes('{username}', { error: 'must contain {username}' });

const ldap = z.strictObject({
  ...ldapCommon,
  user_dn: withUsername.optional(),
  bind_dn: text.optional(),
  bind_password: secret.optional(),
  base: text.optional(),
  filter: withUsername.default('(uid={username})'),
  username_attribute: text.default('uid'),
  groups_attribute: text.default('memberOf'),
});

const htpasswd = z.strictObject({ type: z.literal('htpasswd'), file: text });

const header = z.strictObject({
  type: z.literal('header'),
  user_header: headerName.default('Remote-User'),
  groups_header: headerName.optional(),
  secret_header: headerName.optional(),
  secret: secret.optional(),
});

const xsoar = z.strictObject({ type: z.literal('xsoar'), ...xsoarServer });

const typeRule = { error: 'type must be one of xsoar, ldap, htpasswd, header' };
const furtherRule = { error: 'type must be one of xsoar, ldap, htpasswd' };

/** The settings file, as it is written. Names not known are faults. */
export const settingsSchema = z.strictObject({
  listen: listenAddress.default({ host: '127.0.0.1', port: 8443 }),
  tls: z.strictObject({ cert_file: text, key_file: text }).optional(),
  public_url: origin,
  trusted_proxies: z.array(addressRange).default([]),
  duo: z.strictObject({
    hostname: text,
    ikey: text,
    skey: secret,
    useragent: text.optional(),
    timeout_seconds: seconds(300, 20),
    proxy: flag.default(false),
    insecure: flag.default(false),
    ca_file: text.optional(),
  }),
  first_factor: z.discriminatedUnion('type', [xsoar, ldap, htpasswd, header], typeRule),
  further_password: z.discriminatedUnion('type', [xsoar, ldap, htpasswd], furtherRule).optional(),
  use_2fa: flag.default(true),
  require_password: flag.default(false),
  failmode: failmode.default('secure'),
  autopush: flag.default(false),
  groups: z.record(z.string(), rule).default({}),
  users: z.record(z.string(), rule).default({}),
  safe_accounts: z.array(text).default([]),
  no_safe_account: flag.default(false),
  api_keys: z.strictObject(xsoarServer).optional(),
  settings: z
    .discriminatedUnion(
      'from',
      [
        z.strictObject({ from: z.literal('file') }),
        z.strictObject({
          from: z.literal('xsoar'),
          ...xsoarServer,
          api_key: secret,
          instance: text.optional(),
          refresh_seconds: seconds(3_600, 60),
        }),
      ],
      { error: 'from must be file or xsoar' },
    )
    .default({ from: 'file' }),
  session: z
    .strictObject({
      redis_url: secret.optional(),
      idle_minutes: whole(1, 1_440).default(30),
      absolute_hours: whole(1, 168).default(10),
    })
    .prefault({}),
  limits: z
    .strictObject({
      login_minutes: whole(1, 60).default(10),
      attempts_per_login: whole(1, 50).default(8),
      failures_per_user: whole(1, 1_000).default(10),
      failures_per_address: whole(1, 10_000).default(50),
      window_minutes: whole(1, 1_440).default(15),
    })
    .prefault({}),
  return_urls: z.array(origin).default([]),
  brand: z
    .strictObject({
      name: text.max(60, 'must be at most 60 letters').default('Sign in'),
      logo_file: text.optional(),
      color: z
        .string('must be text')
        .regex(/^#[\da-f]{6}$/i, 'must be a color such as #1f5fd0')
        .default('#1f5fd0'),
    })
    .prefault({}),
  language: z
    .string('must be text')
    .regex(/^[a-z]{2}(?:-[A-Z]{2})?$/, 'must be a language such as en or de')
    .default('en'),
  messages_file: text.optional(),
  audit_file: text.optional(),
  metrics_listen: listenAddress.optional(),
  control_socket: text.optional(),
});

/** The settings file after its check, under the names it is written with. */
export type WrittenSettings = z.infer<typeof settingsSchema>;
