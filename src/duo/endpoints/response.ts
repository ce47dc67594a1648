import * as z from 'zod/mini';
import { DuoApiError } from '../errors/duo-api-error.ts';
import { InvalidResponseError } from '../errors/invalid-response-error.ts';
import type { ApiResponse, Endpoint } from '../request.ts';
import { excerpt, sanitizeText } from '../text.ts';

// Duo's replies nest four deep. What nests deeper is made to hurt somebody who walks through it.
const deepest = 16;

// Names that mean something to every object: a copy made carelessly would take on the value.
const forbidden = ['__proto__', 'constructor', 'prototype'];

const afterString = (text: string, openingQuote: number): number => {
  let at = openingQuote + 1;
  while (text[at] !== '"') {
    at += text[at] === '\\' ? 2 : 1;
  }
  return at + 1;
};

const isName = (text: string, end: number): boolean => {
  let at = end;
  while (/\s/.test(text.charAt(at))) {
    at += 1;
  }
  return text[at] === ':';
};

/** The names of the object that is open, one set for each level; a list has a set that stays empty. */
type Levels = Set<string>[];

const nameFault = (quoted: string, levels: Levels): string | undefined => {
  // Two spellings of one name are one name.
  const name = String(JSON.parse(quoted));
  const names = levels[levels.length - 1] as Set<string>;
  if (forbidden.includes(name)) {
    return 'it holds a name that no reply of Duo has';
  }
  if (names.has(name)) {
    return 'it says the same name twice';
  }
  names.add(name);
  return undefined;
};

const step = (character: string | undefined, levels: Levels): void => {
  if (character === '{' || character === '[') {
    levels.push(new Set());
  } else if (character === '}' || character === ']') {
    levels.pop();
  }
};

/**
 * What is wrong with a text that is JSON, beyond what its parser minds: `JSON.parse` lets the last of
 * two equal names win, where another reader on the way may have taken the first.
 */
export const jsonFault = (text: string): string | undefined => {
  const levels: Levels = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] !== '"') {
      step(text[at], levels);
      at += 1;
      if (levels.length > deepest) {
        return 'it nests deeper than a reply of Duo does';
      }
      continue;
    }
    const end = afterString(text, at);
    const fault = isName(text, end) ? nameFault(text.slice(at, end), levels) : undefined;
    if (fault !== undefined) {
      return fault;
    }
    at = end;
  }
  return undefined;
};

/** A reply's JSON, or what keeps it from being read. */
export type ReadJson = { readonly value: unknown } | { readonly fault: string };

// Some services leave the type out; one that names another type means another thing.
const jsonTypes = /^(?:$|(?:application|text)\/(?:[\w.-]+\+)?json\b)/i;

const parse = (body: string): ReadJson => {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { fault: 'it is not JSON' };
  }
  const fault = jsonFault(body);
  return fault === undefined ? { value } : { fault };
};

/** Read a reply as JSON, and only as such JSON as Duo writes. It never throws. */
export const readJson = ({ body, contentType, isUtf8 = true }: ApiResponse): ReadJson => {
  if (body.trim() === '') {
    return { fault: 'it is empty' };
  }
  if (!isUtf8) {
    return { fault: 'it is not UTF-8' };
  }
  if (!jsonTypes.test(contentType.trim())) {
    return { fault: contentType.includes('html') ? 'it is a web page' : 'it is not JSON' };
  }
  return parse(body);
};

const schema = z.looseObject({ stat: z.literal('FAIL'), code: z.int() });

/** Duo's code for a refusal, before anybody reads the reply in full; `undefined` for anything else. */
export const failureCode = (reply: ApiResponse): number | undefined => {
  const json = readJson(reply);
  return 'value' in json ? schema.safeParse(json.value).data?.code : undefined;
};

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
    throw new InvalidResponseError(endpoint, reply.status, reason, excerpt(reply.body));
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
