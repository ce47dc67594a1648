import * as z from 'zod';
import { faultSchema } from '../config/fault-schema.ts';
import type { Fault } from '../faults/fault.ts';
import type { Answer } from '../transactions/answer.ts';
import type { UserChange } from './types.ts';

/** Body of `PATCH /control/users/NAME`. */
export const userChangeSchema: z.ZodType<UserChange> = z.strictObject({
  status: z.enum(['active', 'bypass', 'disabled', 'locked_out']).exactOptional(),
  answer: z.enum(['approve', 'deny', 'fraud', 'ignore', 'manual']).exactOptional(),
  answerAfterSeconds: z.number().min(0).max(3600).exactOptional(),
  groups: z.array(z.string().min(1)).exactOptional(),
});

/** Body of `POST /control/transactions/TXID/answer`. */
export const answerSchema: z.ZodType<{ answer: Answer; code?: string }> = z.strictObject({
  answer: z.enum(['approve', 'deny', 'fraud', 'pick_up']),
  code: z.string().max(16).exactOptional(),
});

/** Body of `POST /control/activations`. */
export const claimSchema: z.ZodType<{ code: string; name?: string; number?: string }> =
  z.strictObject({
    code: z.string().min(1).max(512),
    name: z.string().max(64).exactOptional(),
    number: z.string().max(32).exactOptional(),
  });

/** Body of `PUT /control/faults`. */
export const faultsSchema: z.ZodType<{ faults: Fault[]; seed?: number }> = z.strictObject({
  faults: z.array(faultSchema),
  seed: z.number().int().exactOptional(),
});

/** Body of `POST /control/advance`. */
export const advanceSchema: z.ZodType<{ seconds: number }> = z.strictObject({
  seconds: z.number().min(0).max(31_536_000),
});
