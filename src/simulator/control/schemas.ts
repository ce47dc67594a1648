import * as z from 'zod';
import { faultSchema } from '../config/schema.ts';

/** Body of `POST /control/transactions/TXID/answer`. */
export const answerSchema = z.strictObject({
  answer: z.enum(['approve', 'deny', 'fraud', 'pick_up']),
  code: z.string().max(16).exactOptional(),
});

/** Body of `POST /control/activations`. */
export const claimSchema = z.strictObject({
  code: z.string().min(1).max(512),
  name: z.string().max(64).exactOptional(),
  number: z.string().max(32).exactOptional(),
});

/** Body of `PUT /control/faults`. */
export const faultsSchema = z.strictObject({
  faults: z.array(faultSchema),
  seed: z.number().int().exactOptional(),
});

/** Body of `POST /control/advance`. */
export const advanceSchema = z.strictObject({
  seconds: z.number().min(0).max(31_536_000),
});
