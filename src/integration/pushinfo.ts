import * as z from 'zod/mini';
import { faultOfPushinfo, type Pushinfo } from '../duo/endpoints/auth.ts';
import type { Argument } from './argument.ts';

const asJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

// Playbooks written for Duo's own form pass URL-encoded pairs, people type plain ones. Only an escape
// tells them apart: without one, a plus is a plus, as in a phone number.
const isEncoded = (text: string): boolean => /%[0-9a-f]{2}/i.test(text);

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return text;
  }
};

const asPairs = (text: string): unknown => {
  const read = isEncoded(text) ? decode : (part: string) => part;
  const pairs: Record<string, string> = {};
  for (const part of text.split(/[&\n]/).filter((one) => one.trim() !== '')) {
    const equals = part.indexOf('=');
    if (equals < 1) {
      return undefined;
    }
    pairs[read(part.slice(0, equals)).trim()] = read(part.slice(equals + 1)).trim();
  }
  return pairs;
};

const asObject = (value: unknown): unknown => {
  if (typeof value !== 'string') {
    return value;
  }
  return value.trim().startsWith('{') ? asJson(value) : asPairs(value);
};

const error = 'must be a JSON object, or pairs such as From=XSOAR&Incident=42';

const valueSchema = z.pipe(
  z.union([z.string(), z.number(), z.boolean()], { error }),
  z.transform(String),
);

const schema: z.ZodMiniType<Pushinfo | undefined> = z.pipe(
  z.pipe(z.unknown(), z.transform(asObject)),
  z.record(z.string(), valueSchema, { error }).check(
    z.check(({ value, issues }) => {
      const message = faultOfPushinfo(value);
      if (message !== undefined) {
        issues.push({ code: 'custom', message, input: value });
      }
    }),
  ),
);

/** What the phone shows beside the request: a JSON object, or `key=value` pairs joined by `&`. */
export const pushinfo: Argument<
  Pushinfo | undefined,
  string | Readonly<Record<string, string | number | boolean>>
> = {
  description:
    'What the push shows beside the request: a JSON object, or pairs such as From=XSOAR&Incident=42. Under 20,000 bytes.',
  schema,
  required: false,
};
