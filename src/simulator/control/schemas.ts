import * as z from 'zod';
import { deviceSchema, faultSchema, userSchema } from '../config/schema.ts';

/** A device in a response. */
export const deviceView = z
  .object({
    id: z.string(),
    kind: z.enum(['smartphone', 'tablet', 'mobile', 'landline', 'token']),
    display_name: z.string(),
    capabilities: z.array(z.string()),
    reachable: z.boolean(),
  })
  .meta({ id: 'Device' });

/** A user in a response. */
export const userView = z
  .object({
    id: z.string(),
    username: z.string(),
    aliases: z.array(z.string()),
    groups: z.array(z.string()),
    status: z.enum(['active', 'bypass', 'disabled', 'locked_out']),
    answer: z.enum(['approve', 'deny', 'fraud', 'ignore', 'manual']),
    answer_after_seconds: z.number(),
    failures: z.int(),
    bypass_codes: z.array(z.string()),
    devices: z.array(deviceView),
  })
  .meta({ id: 'User' });

/** A transaction in a response. */
export const transactionView = z
  .object({
    txid: z.string(),
    username: z.string(),
    device_id: z.string().optional(),
    factor: z.enum(['push', 'phone', 'sms', 'passcode']),
    status: z.string(),
    result: z.enum(['waiting', 'allow', 'deny']),
    application: z.string(),
    title: z.string(),
    display_username: z.string(),
    ip_address: z.string().optional(),
    hostname: z.string().optional(),
    push_info: z.array(z.object({ name: z.string(), value: z.string() })),
    created_at_ms: z.number(),
    expires_at_ms: z.number(),
    needs_code: z.boolean(),
  })
  .meta({ id: 'Transaction' });

/** The screen of a phone in a response. */
export const phoneView = z
  .object({
    device: deviceView,
    username: z.string(),
    now_ms: z.number(),
    transactions: z.array(transactionView),
    sms_passcodes: z.array(z.string()),
    sms_sent_at_ms: z.number().optional(),
    passcode: z.string().optional(),
  })
  .meta({ id: 'Phone' });

/** An unclaimed activation code in a response. */
export const activationView = z
  .object({
    code: z.string(),
    user_id: z.string(),
    username: z.string(),
    expires_at_ms: z.number(),
  })
  .meta({ id: 'Activation' });

/** A log entry in a response. */
export const logEntryView = z
  .object({
    id: z.int(),
    time: z.string(),
    // A list of fields, of the types that many lists have.
    /* jscpd:ignore-start */
    method: z.string(),
    path: z.string(),
    ikey: z.string().optional(),
    username: z.string().optional(),
    signature: z.string().optional(),
    is_open: z.boolean(),
    status: z.int(),
    /* jscpd:ignore-end */
    outcome: z.string(),
    duration_ms: z.number(),
    faults: z.array(z.string()),
  })
  .meta({ id: 'LogEntry' });

const header = z.object({ name: z.string(), value: z.string() });

/** A full exchange in a response. */
export const exchangeView = z
  .object({
    entry: logEntryView,
    request: z
      .object({ target: z.string(), headers: z.array(header), body: z.string() })
      .optional(),
    response: z.object({ status: z.int(), headers: z.array(header), body: z.string() }).optional(),
    signature: z
      .object({
        verdict: z.enum(['matched', 'mistake found', 'unknown', 'unreadable']),
        mistakes: z.array(z.string()),
        scheme: z.string().optional(),
        lines: z.array(
          z.object({
            name: z.string(),
            expected: z.string(),
            received: z.string().optional(),
            first_difference: z.int().optional(),
          }),
        ),
        tried: z.int(),
      })
      .optional(),
  })
  .meta({ id: 'Exchange' });

/** Body of `POST /users`. */
export const newUserBody = userSchema.meta({ id: 'NewUser' });

/** Body of `POST /users/NAME/devices`. */
export const newDeviceBody = deviceSchema.meta({ id: 'NewDevice' });

/** Body of `PATCH /devices/ID`. */
export const deviceChangeBody = z.strictObject({ reachable: z.boolean() });

/** Body of `POST /transactions/TXID/answer`. */
export const answerBody = z.strictObject({
  answer: z.enum(['approve', 'deny', 'fraud', 'pick_up']),
  code: z.string().max(16).exactOptional(),
});

/** Response to it. */
export const answerOutcome = z.object({
  outcome: z.enum(['done', 'wrong_code', 'ended', 'not_a_call']),
});

/** Body of `POST /activations`. */
export const claimBody = z.strictObject({
  code: z.string().min(1).max(512),
  name: z.string().max(64).exactOptional(),
  number: z.string().max(32).exactOptional(),
});

/** A fault, as in the configuration file. */
export const fault = faultSchema.meta({ id: 'Fault' });

/** Body of `PUT /faults`. */
export const faultsBody = z.strictObject({
  faults: z.array(fault),
  seed: z.number().int().exactOptional(),
});

/** Body of `POST /advance`. */
export const advanceBody = z.strictObject({
  seconds: z.number().min(0).max(31_536_000),
});

/** The clock in a response. */
export const clockView = z.object({ now_ms: z.number() });
