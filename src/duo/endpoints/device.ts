import * as z from 'zod/mini';
import { sanitizeText } from '../sanitize-text.ts';

/** A phone or a hardware token of a user. Texts are sanitized. */
export interface Device {
  /** Duo's id; what `auth` takes as `device`. */
  readonly device: string;
  readonly type: string;
  readonly displayName: string;
  readonly name: string;
  /** The masked number, such as `XXX-XXX-1234`; empty for a device without one. */
  readonly number: string;
  /** What it can do: `auto`, `push`, `sms`, `phone`, `mobile_otp`. Empty for hardware tokens. */
  readonly capabilities: readonly string[];
  /** First digit of the next passcode in the last text message, while codes are left. */
  readonly smsNextCode: string | undefined;
}

/** A device on the wire. */
export const deviceSchema = z.looseObject({
  device: z.string(),
  type: z.optional(z.string()),
  display_name: z.optional(z.string()),
  name: z.optional(z.string()),
  number: z.optional(z.string()),
  capabilities: z.optional(z.array(z.string())),
  sms_nextcode: z.optional(z.string()),
});

export const toDevice = (wire: z.infer<typeof deviceSchema>): Device => ({
  device: sanitizeText(wire.device),
  type: sanitizeText(wire.type ?? ''),
  displayName: sanitizeText(wire.display_name ?? ''),
  name: sanitizeText(wire.name ?? ''),
  number: sanitizeText(wire.number ?? ''),
  capabilities: (wire.capabilities ?? []).map(sanitizeText),
  smsNextCode: wire.sms_nextcode === undefined ? undefined : sanitizeText(wire.sms_nextcode),
});
