import * as z from 'zod';
import { isNetwork } from '../core/access-policy.ts';
import { type Capability, type Factor, signatureSchemes } from '../core/configuration.ts';
import { errorCodes } from '../core/error-codes.ts';
import { endpointNames } from '../core/fault.ts';

const daySeconds = 86_400;

const seconds = (minimum: number, maximum: number = 365 * daySeconds) =>
  z.number().min(minimum).max(maximum);

const whole = (minimum: number, maximum: number) => z.number().int().min(minimum).max(maximum);

const hostName = z.string().regex(/^[A-Za-z0-9.-]+(:\d{1,5})?$/, 'is not a host name');

const certificateName = z
  .string()
  .regex(/^(\*\.)?[A-Za-z0-9.-]+$|^[0-9A-Fa-f:]+$/, 'is not a host name or address');

/** `settings:` of the file, with the defaults of what it leaves out. */
export const settingsSchema = z.strictObject({
  clock_skew_seconds: seconds(0).default(300),
  long_poll_seconds: seconds(0, 600).default(30),
  long_poll_expiry: z.enum(['repeat', 'error']).default('repeat'),
  first_poll_returns_at_once: z.boolean().default(true),
  push_expires_in_seconds: seconds(1, 3600).default(60),
  call_expires_in_seconds: seconds(1, 3600).default(60),
  key_press_after_seconds: seconds(0, 60).default(1),
  final_state_readable_seconds: seconds(1).default(300),
  verified_push_expires_in_seconds: seconds(1, 3600).default(60),
  verified_push_attempts: whole(1, 100).default(3),
  portal_expires_in_seconds: seconds(1).default(300),
  activation_expires_in_seconds: seconds(1).default(daySeconds),
  lockout_after_failures: whole(0, 1000).default(10),
  lockout_seconds: seconds(0).default(0),
  sms_batch_size: whole(1, 10).default(10),
  sms_expires_in_seconds: seconds(0).default(0),
  passcode_look_ahead: whole(0, 1000).default(20),
  requests_per_minute: whole(0, 1_000_000).default(0),
  auths_per_user_per_minute: whole(0, 1_000_000).default(0),
  retry_after_header: z.enum(['Retry-After', 'X-Retry-After']).default('Retry-After'),
  accepted_signatures: z
    .array(z.enum(signatureSchemes))
    .min(1)
    .default([...signatureSchemes]),
  allow_unsigned_duo_date: z.boolean().default(true),
  host_aliases: z.array(hostName).default([]),
  certificate_names: z.array(certificateName).default([]),
  unknown_user_on_auth: z.enum(['error', 'deny']).default('error'),
  strict_ip_address: z.boolean().default(false),
  fault_seed: z.number().int().default(1),
  max_body_bytes: whole(1024, 16_777_216).default(262_144),
  max_transactions: whole(1, 1_000_000).default(20_000),
  max_log_entries: whole(1, 100_000).default(1000),
});

const id = (prefix: string, kind: string) =>
  z.string().regex(new RegExp(`^${prefix}[A-Z0-9]{18}$`), `is no ${kind} (${prefix} and 18 more)`);

const names = z.array(z.string().min(1)).default([]);

const networks = z
  .array(z.string().refine(isNetwork, 'is not a network (write 10.0.0.0/8)'))
  .default([]);

const allFactors: Factor[] = ['push', 'phone', 'sms', 'passcode'];

const allCapabilities: Capability[] = ['auto', 'push', 'sms', 'phone', 'mobile_otp'];

/** One entry of `integrations:`. Its errors quote no value: it may be a secret key. */
export const integrationSchema = z.strictObject({
  name: z.string().min(1).default('Cortex XSOAR'),
  ikey: id('DI', 'integration key'),
  skey: z.string().regex(/^[A-Za-z0-9]{40}$/, 'is no secret key (40 letters and digits)'),
  type: z.enum(['auth', 'other']).default('auth'),
  enabled: z.boolean().default(true),
  new_users: z.enum(['enroll', 'allow', 'deny']).default('enroll'),
  username_normalization: z.enum(['none', 'simple']).default('none'),
  factors: z.array(z.enum(allFactors)).default(allFactors),
  trusted_networks: networks,
  blocked_networks: networks,
  bypass_groups: names,
  blocked_groups: names,
  verified_push: z
    .strictObject({ digits: z.number().int().min(3).max(6).default(6), groups: names })
    .exactOptional(),
  remember_devices_hours: z.number().min(0).max(8760).default(0),
  logo: z.boolean().default(true),
});

/** A device of a user. */
export const deviceSchema = z.strictObject({
  kind: z.enum(['smartphone', 'tablet', 'mobile', 'landline', 'token']),
  id: z
    .string()
    .regex(/^D[PH][A-Z0-9]{18}$/, 'is no device id (DP or DH and 18 more)')
    .exactOptional(),
  name: z.string().max(64).default(''),
  platform: z.string().max(32).default('iOS'),
  number: z
    .string()
    .regex(/^(\+[\d ()-]{4,24})?$/, 'is no phone number (write +1 734 555 0100)')
    .default(''),
  capabilities: z.array(z.enum(allCapabilities)).exactOptional(),
  reachable: z.boolean().default(true),
  secret: z
    .string()
    .regex(/^[A-Z2-7]{16,}$/, 'is no Base32 secret (16 or more of A-Z and 2-7)')
    .exactOptional(),
});

const userStatus = z.enum(['active', 'bypass', 'disabled', 'locked_out']);

const answerHabit = z.enum(['approve', 'deny', 'fraud', 'ignore', 'manual']);

const answerAfterSeconds = z.number().min(0).max(3600);

const bypassCodes = z.array(z.string().regex(/^\d{9}$/, 'is no bypass code (nine digits)'));

/** One entry of `users:`. */
export const userSchema = z.strictObject({
  username: z.string().trim().min(1).max(128),
  id: id('DU', 'user id').exactOptional(),
  aliases: names,
  groups: names,
  status: userStatus.default('active'),
  answer: answerHabit.default('manual'),
  answer_after_seconds: answerAfterSeconds.default(1),
  bypass_codes: bypassCodes.default([]),
  devices: z.array(deviceSchema).default([]),
});

/** What may change about a user while the simulator runs. */
export const userChangeSchema = z.strictObject({
  status: userStatus.exactOptional(),
  answer: answerHabit.exactOptional(),
  answer_after_seconds: answerAfterSeconds.exactOptional(),
  groups: z.array(z.string().min(1)).exactOptional(),
});

const faultScope = {
  endpoint: z.enum(endpointNames).exactOptional(),
  username: z.string().min(1).exactOptional(),
  count: z.number().int().min(1).exactOptional(),
  skip: z.number().int().min(0).exactOptional(),
  probability: z.number().min(0).max(1).exactOptional(),
  afterwards: z.boolean().exactOptional(),
};

const faultKind = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.strictObject({ kind: z.literal(kind), ...shape, ...faultScope });

/** One entry of `faults:`. */
export const faultSchema = z.discriminatedUnion('kind', [
  faultKind('latency', { seconds: seconds(0, 3600) }),
  faultKind('error', {
    code: z.literal(errorCodes),
    retry_after_seconds: z.number().int().min(0).exactOptional(),
  }),
  faultKind('html', { status: z.number().int().min(400).max(599) }),
  faultKind('truncated', {}),
  faultKind('malformed', {}),
  faultKind('empty', {}),
  faultKind('reset', {}),
  faultKind('hang', {}),
  faultKind('clock', { offset_seconds: z.number() }),
]);

const sections = {
  settings: settingsSchema,
  integrations: z.array(integrationSchema).min(1),
  users: z.array(userSchema),
  faults: z.array(faultSchema),
};

type Sections = Partial<z.output<z.ZodObject<typeof sections>>>;

interface Claim {
  readonly key: string;
  readonly path: readonly (string | number)[];
}

const reportDuplicates = (
  claims: readonly Claim[],
  what: string,
  context: z.RefinementCtx,
): void => {
  const seen = new Set<string>();
  for (const { key, path } of claims) {
    if (seen.has(key)) {
      context.addIssue({ code: 'custom', path: [...path], message: `repeats another ${what}` });
    }
    seen.add(key);
  }
};

const nameClaims = ({ users = [] }: Sections): Claim[] =>
  users.flatMap(({ username, aliases }, index) => [
    { key: username.toLowerCase(), path: ['users', index, 'username'] },
    ...aliases.map((alias, position) => ({
      key: alias.trim().toLowerCase(),
      path: ['users', index, 'aliases', position],
    })),
  ]);

const idClaims = ({ users = [] }: Sections): Claim[] =>
  users.flatMap(({ id: userId, devices }, index) => [
    ...(userId ? [{ key: userId, path: ['users', index, 'id'] }] : []),
    ...devices.flatMap((device, position) =>
      device.id ? [{ key: device.id, path: ['users', index, 'devices', position, 'id'] }] : [],
    ),
  ]);

const requireUnique = (config: Sections, context: z.RefinementCtx): void => {
  const keys = (config.integrations ?? []).map(
    ({ ikey }, index): Claim => ({ key: ikey, path: ['integrations', index, 'ikey'] }),
  );
  reportDuplicates(keys, 'integration key', context);
  reportDuplicates(nameClaims(config), 'username or alias', context);
  reportDuplicates(idClaims(config), 'id', context);
};

/** A configuration as it is written: a section may be absent. `users: []` means no users. */
export const configSchema = z
  .strictObject({
    settings: sections.settings.exactOptional(),
    integrations: sections.integrations.exactOptional(),
    users: sections.users.exactOptional(),
    faults: sections.faults.exactOptional(),
  })
  .superRefine(requireUnique);

/** A configuration that has every section. */
export const completeConfigSchema = z.strictObject(sections).superRefine(requireUnique);
