import * as z from 'zod';
import { isNetwork } from '../directory/network.ts';
import type { DeviceConfig, Factor, IntegrationConfig, UserConfig } from './types.ts';

const id = (prefix: string, kind: string) =>
  z.string().regex(new RegExp(`^${prefix}[A-Z0-9]{18}$`), `is no ${kind} (${prefix} and 18 more)`);

const names = z.array(z.string().min(1)).default([]);

const networks = z
  .array(z.string().refine(isNetwork, 'is no network (write 10.0.0.0/8)'))
  .default([]);

const allFactors: Factor[] = ['push', 'phone', 'sms', 'passcode'];

/** One entry of `integrations:`. Its errors never quote a value: a secret key may be among them. */
export const integrationSchema: z.ZodType<IntegrationConfig> = z.strictObject({
  name: z.string().min(1).default('Cortex XSOAR'),
  ikey: id('DI', 'integration key'),
  skey: z.string().regex(/^[A-Za-z0-9]{40}$/, 'is no secret key (40 letters and digits)'),
  type: z.enum(['auth', 'other']).default('auth'),
  enabled: z.boolean().default(true),
  newUsers: z.enum(['enroll', 'allow', 'deny']).default('enroll'),
  factors: z.array(z.enum(allFactors)).default(allFactors),
  trustedNetworks: networks,
  blockedNetworks: networks,
  bypassGroups: names,
  blockedGroups: names,
  verifiedPush: z
    .strictObject({ digits: z.number().int().min(3).max(6).default(6), groups: names })
    .exactOptional(),
  rememberDevicesHours: z.number().min(0).max(8760).default(0),
  logo: z.boolean().default(true),
});

const deviceSchema: z.ZodType<DeviceConfig> = z.strictObject({
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
  capabilities: z.array(z.enum(['auto', 'push', 'sms', 'phone', 'mobile_otp'])).exactOptional(),
  reachable: z.boolean().default(true),
  secret: z
    .string()
    .regex(/^[A-Z2-7]{16,}$/, 'is no Base32 secret (16 or more of A-Z and 2-7)')
    .exactOptional(),
});

/** One entry of `users:`. */
export const userSchema: z.ZodType<UserConfig> = z.strictObject({
  username: z.string().trim().min(1).max(128),
  id: id('DU', 'user id').exactOptional(),
  aliases: names,
  groups: names,
  status: z.enum(['active', 'bypass', 'disabled', 'locked_out']).default('active'),
  answer: z.enum(['approve', 'deny', 'fraud', 'ignore', 'manual']).default('manual'),
  answerAfterSeconds: z.number().min(0).max(3600).default(1),
  bypassCodes: z.array(z.string().regex(/^\d{9}$/, 'is no bypass code (nine digits)')).default([]),
  devices: z.array(deviceSchema).default([]),
});
