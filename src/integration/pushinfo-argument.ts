import * as z from 'zod/mini';
import { faultOfPushinfo, type Pushinfo } from '../duo/endpoints/auth.ts';
import type { Argument } from './argument.ts';

const asObject = (value: unknown): unknown => {
  if (typeof value !== 'string') {
    return value;
  }
  return value.trim().startsWith('{') ? asJson(value) : asPairs(value);
};

const asJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

// Playbooks written for Duo's own form pass URL-encoded pairs; people type plain ones. A plain one
// decodes to itself, unless a percent sign in it is no escape.
const decode = (text: string): string => {
  const spaced = text.replace(/\+/g, ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
};

const asPairs = (text: string): unknown => {
  const pairs: Record<string, string> = {};
  for (const part of text.split(/[&\n]/).filter((one) => one.trim() !== '')) {
    const equals = part.indexOf('=');
    if (equals < 1) {
      return undefined;
    }
    pairs[decode(part.slice(0, equals)).trim()] = decode(part.slice(equals + 1)).trim();
  }
  return pairs;
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
export const pushinfoArgument: Argument<Pushinfo | undefined> = {
  description:
    'What the push shows beside the request: a JSON object, or pairs such as From=XSOAR&Incident=42. Under 20,000 bytes.',
  schema,
  required: false,
};
