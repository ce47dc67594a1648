import * as z from 'zod/mini';
import { DuoApiError } from '../errors/refused-error.ts';
import { InvalidResponseError } from '../errors/unreadable-reply-error.ts';
import { excerptOf } from '../excerpt.ts';
import type { ApiResponse, Endpoint } from '../request.ts';
import { sanitizeText } from '../sanitize-text.ts';
import { readJson } from './read-json.ts';

/** Duo's JSON as it came, keys and all. */
export type RawResponse = Readonly<Record<string, unknown>>;

const envelopeSchema = z.looseObject({ stat: z.string() });
const successSchema = z.looseObject({ stat: z.literal('OK'), response: z.unknown() });
const failureSchema = z.looseObject({
  stat: z.literal('FAIL'),
  code: z.int(),
  message: z.string(),
  message_detail: z.optional(z.nullable(z.string())),
});

/**
 * Open Duo's envelope and read its `response`. The outer object is kept as `raw`.
 *
 * @throws {@link DuoApiError} when Duo says `stat: FAIL`.
 * @throws {@link InvalidResponseError} for anything else that is not the expected shape.
 */
export const readResponse = <T>(
  endpoint: Endpoint,
  reply: ApiResponse,
  schema: z.ZodMiniType<T>,
): { readonly response: T; readonly raw: RawResponse } => {
  const unreadable = (reason: string): never => {
    throw new InvalidResponseError(endpoint, reply.status, reason, excerptOf(reply.body));
  };
  const json = readJson(reply);
  const envelope = envelopeSchema.safeParse('value' in json ? json.value : unreadable(json.fault));
  if (!envelope.success) {
    return unreadable('it is not in the form of a Duo reply');
  }
  const failure = failureSchema.safeParse(envelope.data);
  if (failure.success) {
    const { code, message, message_detail: detail } = failure.data;
    throw new DuoApiError({
      duoCode: code,
      duoMessage: sanitizeText(message),
      duoDetail: typeof detail === 'string' ? sanitizeText(detail) : undefined,
      httpStatus: reply.status,
      endpoint,
    });
  }
  const success = successSchema.safeParse(envelope.data);
  if (!success.success || reply.status !== 200) {
    return unreadable('it is neither a success nor a failure that Duo is known to give');
  }
  const response = schema.safeParse(success.data.response);
  if (!response.success) {
    const paths = response.error.issues.map(({ path }) => ['response', ...path].join('.'));
    return unreadable(`${paths.join(', ')} is not as expected`);
  }
  return { response: response.data, raw: envelope.data };
};
