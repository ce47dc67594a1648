import { gzipSync } from 'node:zlib';

/** What a service that is broken or hostile answers, where an honest one lets the user in. */
export interface HostileResponse {
  readonly what: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The response to `/preauth` has no status, so that one beside its result says nothing. */
  readonly isAboutStatus: boolean;
}

const inside = { result: 'allow', status: 'allow', status_msg: 'Success.' };
const honest = JSON.stringify({ stat: 'OK', response: inside });

const hostile = (what: string, body: string | Buffer, changes: Partial<HostileResponse> = {}) => ({
  what,
  status: 200,
  headers: {},
  isAboutStatus: false,
  ...changes,
  body: Buffer.from(body as string),
});

const json = (what: string, value: unknown, changes: Partial<HostileResponse> = {}) =>
  hostile(what, JSON.stringify(value), changes);

const inResponse = (changes: object) => ({ stat: 'OK', response: { ...inside, ...changes } });

const statuses = [
  ...[201, 202, 203, 206, 226, 299, 300, 301, 302, 303, 305, 307, 308],
  ...[400, 401, 403, 404, 405, 407, 418, 429, 451, 500, 501, 502, 503, 504, 599],
];

const results = [
  ...['ALLOW', 'Allow', 'aLLOW', ' allow', 'allow ', 'allow\n', '\tallow', 'allow\u0000'],
  ...[
    'al\u200blow',
    'allow'.replace('a', '\u0430'),
    'allowed',
    'allow,deny',
    'bypass',
    'ok',
    'success',
    'true',
    '',
  ],
  ...[true, 1, 0, null, ['allow'], { allow: true }, { result: 'allow' }],
];

const refusals = [
  ...['deny', 'timeout', 'fraud', 'locked_out', 'sent'],
  ...['calling', 'answered', 'pushed', 'push_failed'],
];

const disguises: readonly ((status: string) => unknown)[] = [
  (status) => status,
  (status) => status.toUpperCase(),
  (status) => ` ${status}\u200b`,
  (status) => `\u001b[31m${status}`,
];

const stats = ['ok', 'Ok', 'OK ', ' OK', 'OKAY', 'FAIL', 'fail', '', true, 1, null, ['OK'], {}];

const envelopes: readonly (readonly [string, unknown])[] = [
  ['the response alone', inside],
  ['a list of it', [{ stat: 'OK', response: inside }]],
  ['a list within it', { stat: 'OK', response: [inside] }],
  ['the response as text', { stat: 'OK', response: JSON.stringify(inside) }],
  ['the word alone', { stat: 'OK', response: 'allow' }],
  ['no response', { stat: 'OK' }],
  ['an empty response', { stat: 'OK', response: {} }],
  ['a response that is null', { stat: 'OK', response: null }],
  ['the response one level down', { stat: 'OK', response: { response: inside } }],
  ['the result beside the response', { stat: 'OK', result: 'allow', response: {} }],
  ['a failure with a response', { stat: 'FAIL', code: 40103, message: 'x', response: inside }],
  ['a text', honest],
  ['the word', 'allow'],
  ['true', true],
];

const contentTypes = [
  ...['', 'text/html', 'text/plain', 'text/json', 'text/javascript', 'application/xml'],
  ...['application/json5', 'application/jsonp', 'application/problem+json', 'image/png'],
  ...['application/octet-stream', 'multipart/form-data', 'x/application/json'],
];

const encodings = ['gzip', 'x-gzip', 'deflate', 'br', 'zstd', 'identity, gzip', 'chunked', '*'];

const texts: readonly (readonly [string, string | Buffer])[] = [
  ['nothing', ''],
  ['white space', ' \r\n'],
  ['it twice', honest + honest],
  ['it and a comma', `${honest},`],
  ['a guard before it', `)]}'\n${honest}`],
  ['a call around it', `callback(${honest})`],
  ['a comment before it', `/**/${honest}`],
  ['a byte order mark before it', `\ufeff${honest}`],
  ['a NUL before it', `\u0000${honest}`],
  ['a NUL behind it', `${honest}\u0000`],
  ['single quotes', honest.replaceAll('"', "'")],
  ['a bare result', honest.replace('"allow"', 'allow')],
  ['NaN in it', honest.replace('"Success."', 'NaN')],
  ['a web page around it', `<html>${honest}</html>`],
  ['UTF-16', Buffer.from(honest, 'utf16le')],
  ['bytes that are no UTF-8', Buffer.from(honest.replace('Success', 'S\xfccess'), 'latin1')],
  [
    'a half of a pair in Latin-1',
    Buffer.from(`${honest.slice(0, -2)},"x":"\xed\xa0\xbd"}}`, 'latin1'),
  ],
  ['gzip, unannounced', gzipSync(honest)],
  [
    'a result of deny behind it',
    honest.replace('"result":"allow"', '"result":"allow","result":"deny"'),
  ],
  ['a stat of FAIL behind it', `${honest.slice(0, -1)},"stat":"FAIL"}`],
  [
    '__proto__ around it',
    `{"stat":"OK","response":{},"__proto__":{"response":${JSON.stringify(inside)}}}`,
  ],
  ['__proto__ within it', `{"stat":"OK","response":{"__proto__":${JSON.stringify(inside)}}}`],
  ['a depth of 50,000', `${honest.slice(0, -1)},"x":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
];

const cuts = Array.from({ length: 20 }, (_, part) => Math.floor((honest.length * part) / 20));

/** All of them. */
export const hostileResponses: readonly HostileResponse[] = [
  ...statuses.map((status) =>
    // A 429 is answered by waiting as long as it says, which no call has the time for.
    hostile(`status ${status}`, honest, { status, headers: { 'Retry-After': '3600' } }),
  ),
  ...results.map((result) => json(`result ${JSON.stringify(result)}`, inResponse({ result }))),
  ...refusals.flatMap((refusal) =>
    disguises.map((disguise) =>
      json(
        `beside ${JSON.stringify(disguise(refusal))}`,
        inResponse({ status: disguise(refusal) }),
        {
          isAboutStatus: true,
        },
      ),
    ),
  ),
  ...[null, 1, true, ['allow'], {}].map((status) =>
    json(`beside ${JSON.stringify(status)}`, inResponse({ status }), { isAboutStatus: true }),
  ),
  ...stats.map((stat) => json(`stat ${JSON.stringify(stat)}`, { stat, response: inside })),
  ...envelopes.map(([what, value]) => json(what, value)),
  ...contentTypes.map((type) =>
    hostile(`as "${type}"`, honest, { headers: { 'Content-Type': type } }),
  ),
  ...encodings.map((encoding) =>
    hostile(`encoded as ${encoding}`, honest, { headers: { 'Content-Encoding': encoding } }),
  ),
  ...texts.map(([what, text]) => hostile(what, text)),
  ...cuts.map((length) => hostile(`its first ${length} bytes`, honest.slice(0, length))),
];
