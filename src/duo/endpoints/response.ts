import * as z from 'zod/mini';
import { DuoApiError, InvalidResponseError } from '../errors/response-errors.ts';
import type { ApiResponse, Endpoint } from '../request.ts';
import { excerpt, sanitizeText } from '../text.ts';

/** Duo's JSON as it came, keys and all. */
export type RawResponse = Readonly<Record<string, unknown>>;

/** Duo's JSON, or what keeps it from being read. */
type Json = { readonly value: unknown } | { readonly fault: string };

const jsonType = /^application\/json\s*(?:;|$)/i;

// Duo's responses nest four deep. What nests much deeper is made to hurt a program that walks
// through it.
const deepest = 16;

/** Is it shallow, and without a key that the copy of an object would take for its prototype? */
const isSafe = (value: unknown, levels: number): boolean => {
  if (typeof value !== 'object' || value === null) {
    return true;
  }
  if (levels === 0 || Object.keys(value).includes('__proto__')) {
    return false;
  }
  return Object.values(value).every((one) => isSafe(one, levels - 1));
};

const parseJson = (body: string): Json => {
  try {
    const value: unknown = JSON.parse(body);
    return isSafe(value, deepest)
      ? { value }
      : { fault: 'it nests too deeply, or has a key __proto__' };
  } catch {
    return { fault: 'it is not JSON' };
  }
};

const readJson = ({ body, contentType, isUtf8 = true }: ApiResponse): Json => {
  if (body.trim() === '') {
    return { fault: 'it is empty' };
  }
  if (!isUtf8) {
    return { fault: 'it is not UTF-8' };
  }
  if (!jsonType.test(contentType)) {
    return { fault: contentType.includes('html') ? 'it is a web page' : 'it is not JSON' };
  }
  return parseJson(body);
};

const isObject = (value: unknown): value is RawResponse =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const readFailure = (
  { stat, code, message, message_detail: detail = null }: RawResponse,
  endpoint: Endpoint,
  httpStatus: number,
): DuoApiError | undefined =>
  stat === 'FAIL' &&
  Number.isSafeInteger(code) &&
  typeof message === 'string' &&
  (detail === null || typeof detail === 'string')
    ? new DuoApiError({
        duoCode: code as number,
        duoMessage: sanitizeText(message),
        duoDetail: detail === null ? undefined : sanitizeText(detail),
        httpStatus,
        endpoint,
      })
    : undefined;

/** Duo's code for a failure, before the response is read in full; `undefined` for anything else. */
export const failureCode = (response: ApiResponse): number | undefined => {
  const json = readJson(response);
  return 'value' in json && isObject(json.value)
    ? readFailure(json.value, 'check', response.status)?.duoCode
    : undefined;
};

/** A response as its endpoint's schema reads it, and the whole of it as it came. */
export interface ReadResponse<T> {
  readonly response: T;
  readonly raw: RawResponse;
}

/**
 * Open Duo's envelope, `{"stat": "OK", "response": ...}`, and read its `response`.
 *
 * @see Duo Auth API, "API Details", "Response Format": https://duo.com/docs/authapi#response-format
 * @throws {@link DuoApiError} when Duo says `stat: FAIL`.
 * @throws {@link InvalidResponseError} for anything else that is not the expected shape.
 */
export const readResponse = <T>(
  endpoint: Endpoint,
  apiResponse: ApiResponse,
  schema: z.ZodMiniType<T>,
): ReadResponse<T> => {
  const { status: httpStatus, body } = apiResponse;
  const invalid = (reason: string, isDuo = false) =>
    new InvalidResponseError({ endpoint, httpStatus, reason, excerpt: excerpt(body), isDuo });

  const json = readJson(apiResponse);
  if ('fault' in json) {
    throw invalid(json.fault);
  }
  const raw = json.value;
  if (!isObject(raw) || typeof raw['stat'] !== 'string') {
    throw invalid('it is not in the form of a response of Duo');
  }
  const failure = readFailure(raw, endpoint, httpStatus);
  if (failure !== undefined) {
    throw failure;
  }
  if (raw['stat'] !== 'OK' || httpStatus !== 200) {
    throw invalid('it is neither a success nor a failure that Duo is known to give');
  }
  const response = schema.safeParse(raw['response']);
  if (!response.success) {
    const paths = response.error.issues.map(({ path }) => ['response', ...path].join('.'));
    throw invalid(`${paths.join(', ')} is not as expected`, true);
  }
  return { response: response.data, raw };
};

/** Text that only informs: `null` and nothing at all mean that there is none. */
export const optionalText = z.pipe(
  z.optional(z.nullable(z.string())),
  z.transform((text) => (text ? sanitizeText(text) : undefined)),
);

/** Like {@link optionalText}, and unchanged: an address, a code or a token. */
export const optionalValue = z.pipe(
  z.optional(z.nullable(z.string())),
  z.transform((text) => text || undefined),
);

/**
 * Unix seconds, up to the year 9999.
 *
 * @see Duo Auth API, "About the Auth API": https://duo.com/docs/authapi#about-the-auth-api
 */
export const unixTime = z.pipe(
  z.int().check(z.gte(0), z.lte(253_402_300_799)),
  z.transform((seconds) => new Date(seconds * 1000)),
);
