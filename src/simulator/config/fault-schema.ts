import * as z from 'zod';
import type { Fault } from '../faults/fault.ts';
import { errorCodes } from '../protocol/error-codes.ts';

const scope = {
  endpoint: z
    .enum(['ping', 'check', 'logo', 'enroll', 'enroll_status', 'preauth', 'auth', 'auth_status'])
    .exactOptional(),
  username: z.string().min(1).exactOptional(),
  count: z.number().int().min(1).exactOptional(),
  skip: z.number().int().min(0).exactOptional(),
  probability: z.number().min(0).max(1).exactOptional(),
  afterwards: z.boolean().exactOptional(),
};

const longestDelaySeconds = 3600;

/** One entry of `faults:`. */
export const faultSchema: z.ZodType<Fault> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('latency'),
    seconds: z.number().min(0).max(longestDelaySeconds),
    ...scope,
  }),
  z.strictObject({
    kind: z.literal('error'),
    code: z.literal(errorCodes),
    retryAfterSeconds: z.number().int().min(0).exactOptional(),
    ...scope,
  }),
  z.strictObject({
    kind: z.literal('html'),
    status: z.number().int().min(400).max(599),
    ...scope,
  }),
  z.strictObject({ kind: z.literal('truncated'), ...scope }),
  z.strictObject({ kind: z.literal('malformed'), ...scope }),
  z.strictObject({ kind: z.literal('empty'), ...scope }),
  z.strictObject({ kind: z.literal('reset'), ...scope }),
  z.strictObject({ kind: z.literal('hang'), ...scope }),
  z.strictObject({ kind: z.literal('clock'), offsetSeconds: z.number(), ...scope }),
]);
