import * as z from 'zod';
import type { DuoClientOptions } from '../../hosts/node/duo-client.ts';
import { createFactorSchemas } from './factor-schemas.ts';
import {
  addressRange,
  domainName,
  duration,
  flag,
  hourMs,
  listenAddress,
  minuteMs,
  type Outside,
  origin,
  secondMs,
  secretIn,
  section,
  text,
  whole,
} from './fields.ts';

const failmode = z.enum(['secure', 'safe'], 'must be secure or safe');
const rule = section({ failmode: failmode.optional(), autopush: flag.optional() });

/**
 * The settings of the file, one schema for each. A schema turns what is written into what the code uses:
 * camelCase names, milliseconds, absolute paths, and secrets instead of their places.
 */
export const createShape = (outside: Outside) => {
  const path = text.transform(outside.resolve);
  const secret = secretIn(outside);
  const { server, toServer, firstFactor, furtherPassword } = createFactorSchemas(outside);

  const duo = section({
    hostname: text,
    ikey: text,
    skey: secret,
    useragent: text.optional(),
    timeout_seconds: whole(1, 300).default(20),
    proxy: flag.default(false),
    insecure: flag.default(false),
    ca_file: path.optional(),
  }).transform(
    ({ timeout_seconds: timeout, ca_file: caFile, ...same }): DuoClientOptions => ({
      ...same,
      timeout,
      caFile,
    }),
  );

  const switches = z.discriminatedUnion(
    'from',
    [
      section({ from: z.literal('file') }),
      section({
        from: z.literal('xsoar'),
        ...server,
        api_key: secret,
        /** The instance's name; by default the only enabled one of a Duo integration. */
        instance: text.optional(),
        refresh_seconds: duration(secondMs, 3_600, 60),
      }).transform(
        ({ from, api_key: apiKey, instance, refresh_seconds: refreshMs, ...written }, context) => ({
          from,
          server: toServer(written, context),
          apiKey,
          instance,
          refreshMs,
        }),
      ),
    ],
    { error: 'from must be file or xsoar' },
  );

  return {
    listen: listenAddress.default({ host: '127.0.0.1', port: 8443 }),
    tls: section({ cert_file: path, key_file: path })
      .transform(({ cert_file: certFile, key_file: keyFile }) => ({ certFile, keyFile }))
      .optional(),
    public_url: origin,
    trusted_proxies: z.array(addressRange).default([]),
    duo,
    first_factor: firstFactor,
    further_password: furtherPassword.optional(),
    use_2fa: flag.default(true),
    require_password: flag.default(false),
    failmode: failmode.default('secure'),
    autopush: flag.default(false),
    groups: z.record(z.string(), rule).default({}),
    users: z.record(z.string(), rule).default({}),
    safe_accounts: z.array(text).default([]),
    no_safe_account: flag.default(false),
    api_keys: section(server).transform(toServer).optional(),
    settings: switches.default({ from: 'file' }),
    session: section({
      redis_url: secret.optional(),
      idle_minutes: duration(minuteMs, 1_440, 30),
      absolute_hours: duration(hourMs, 168, 10),
      cookie_domain: domainName.optional(),
    })
      .prefault({})
      .transform((written) => ({
        redisUrl: written.redis_url,
        idleMs: written.idle_minutes,
        absoluteMs: written.absolute_hours,
        cookieDomain: written.cookie_domain,
      })),
    limits: section({
      login_minutes: duration(minuteMs, 60, 10),
      attempts_per_login: whole(1, 50).default(8),
      failures_per_user: whole(1, 1_000).default(10),
      failures_per_address: whole(1, 10_000).default(50),
      unapproved_per_user: whole(1, 100).default(5),
      failmode_logins: whole(1, 100_000).default(50),
      window_minutes: duration(minuteMs, 1_440, 15),
      fraud_lock_hours: whole(1, 8_760).optional(),
      requests_per_minute: whole(10, 100_000).default(240),
      body_kilobytes: whole(4, 1_024).default(16),
      headers_seconds: duration(secondMs, 120, 15),
      request_seconds: duration(secondMs, 600, 120),
    })
      .prefault({})
      .transform((written) => ({
        challengeMs: written.login_minutes,
        attemptsPerLogin: written.attempts_per_login,
        failuresPerUser: written.failures_per_user,
        failuresPerAddress: written.failures_per_address,
        unapprovedPerUser: written.unapproved_per_user,
        failmodeGrants: written.failmode_logins,
        windowMs: written.window_minutes,
        fraudLockMs: written.fraud_lock_hours && written.fraud_lock_hours * hourMs,
        requestsPerMinute: written.requests_per_minute,
        bodyBytes: written.body_kilobytes * 1_024,
        headersTimeoutMs: written.headers_seconds,
        requestTimeoutMs: written.request_seconds,
      })),
    remembered_devices: section({ key: secret }).optional(),
    return_urls: z.array(origin).default([]),
    brand: section({
      name: text.max(60, 'must be at most 60 letters').default('Sign in'),
      logo_file: path.optional(),
      color: z
        .string('must be text')
        .regex(/^#[\da-f]{6}$/i, 'must be a color such as #1f5fd0')
        .default('#1f5fd0'),
    })
      .prefault({})
      .transform(({ logo_file: logoFile, ...same }) => ({ ...same, logoFile })),
    language: z
      .string('must be text')
      .regex(/^[a-z]{2}(?:-[A-Z]{2})?$/, 'must be a language such as en or de')
      .optional(),
    messages_file: path.optional(),
    audit_file: path.optional(),
    metrics_listen: listenAddress.optional(),
    control_socket: path.optional(),
  };
};
