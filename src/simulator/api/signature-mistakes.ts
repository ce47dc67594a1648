import { createHash } from 'node:crypto';
import type { WireRequest } from '../core/exchange.ts';
import type { SimulatorState } from '../core/state.ts';
import type { CanonicalLine } from './canonical.ts';

/** A different text for one line, and the mistake that leads to it. */
interface Variant {
  readonly text: string;
  readonly mistake: string;
}

const sha512 = (data: string | Buffer): string => createHash('sha512').update(data).digest('hex');

const lowerCaseEscapes = (text: string): string =>
  text.replaceAll(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase());

const parametersAsSent = ({ query, body }: WireRequest): string =>
  [query, body.toString('utf8')].filter((part) => part !== '').join('&');

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};

const parameterVariants = (expected: string, request: WireRequest): Variant[] => {
  const sent = parametersAsSent(request);
  const inOrderSent = sent
    .split('&')
    .map((pair) => expected.split('&').find((one) => decode(one) === decode(pair)) ?? pair)
    .join('&');
  return [
    { text: inOrderSent, mistake: 'The parameters are not sorted by name.' },
    {
      text: sent,
      mistake: 'The parameters are signed as they are sent, not encoded by RFC 3986 and sorted.',
    },
    {
      text: expected.replaceAll('%20', '+'),
      mistake: 'A space is signed as "+" and must be "%20".',
    },
    {
      text: lowerCaseEscapes(expected),
      mistake: 'Escapes such as "%2f" must be in capital letters: "%2F".',
    },
    {
      text: expected.replaceAll(/%(21|27|28|29|2A)/g, (byte) => decode(byte)),
      mistake: `The characters ! ' ( ) * are not encoded, as encodeURIComponent leaves them.`,
    },
    { text: decode(expected), mistake: 'The values are not percent-encoded.' },
    { text: '', mistake: 'The parameters are missing from what is signed.' },
  ];
};

const dateVariants = (expected: string, { headers }: WireRequest): Variant[] => [
  ...[headers.date, headers['x-duo-date']]
    .filter((date) => date !== undefined)
    .map((text) => ({
      text,
      mistake: 'X-Duo-Date takes precedence over Date, and another date is signed.',
    })),
  { text: '', mistake: 'The date is missing from what is signed.' },
  {
    text: String(Math.floor(Date.parse(expected) / 1000)),
    mistake: 'The date is signed in Unix seconds.',
  },
  {
    text: new Date(Date.parse(expected) || 0).toISOString(),
    mistake: 'The date is signed in ISO 8601 and must be the header as sent.',
  },
  ...[
    expected.replace(/GMT$/, '-0000'),
    expected.replace(/GMT$/, '+0000'),
    expected.replace(/[+-]0000$/, 'GMT'),
  ].map((text) => ({
    text,
    mistake: 'The date is signed in another form than the header that is sent.',
  })),
];

const hostVariants = (expected: string, request: WireRequest): Variant[] => {
  const header = request.headers.host ?? '';
  return [
    { text: header, mistake: 'The host must be signed in lower case.' },
    { text: header.replace(/:\d+$/, ''), mistake: 'The host must be signed in lower case.' },
    { text: expected.toUpperCase(), mistake: 'The host must be signed in lower case.' },
    { text: `https://${header}`, mistake: 'The host is signed with "https://" in front.' },
    { text: '', mistake: 'The host is missing from what is signed.' },
    ...['localhost', '127.0.0.1', 'api-simulator.duosecurity.com'].map((text) => ({
      text,
      mistake: `The host is signed as "${text}", and "${header}" is in the Host header (see host_aliases).`,
    })),
  ];
};

const pathVariants = (expected: string, { query }: WireRequest): Variant[] => [
  { text: `${expected}?${query}`, mistake: 'The path is signed with its query.' },
  { text: expected.slice(1), mistake: 'The path is signed without its leading "/".' },
  { text: `${expected}/`, mistake: 'The path is signed with a "/" at its end.' },
  { text: expected.replace(/^\/auth\/v2/, ''), mistake: 'The path is signed without "/auth/v2".' },
  { text: expected.toLowerCase(), mistake: 'The path is signed in lower case.' },
];

const emptyHash = sha512('');

const variantsOf = (line: CanonicalLine, request: WireRequest): Variant[] => {
  const { name, text: expected } = line;
  switch (name) {
    case 'date':
      return dateVariants(expected, request);
    case 'method':
      return [
        { text: expected.toLowerCase(), mistake: 'The method must be signed in capital letters.' },
      ];
    case 'host':
      return hostVariants(expected, request);
    case 'path':
      return pathVariants(expected, request);
    case 'parameters':
      return parameterVariants(expected, request);
    case 'body hash':
      return [
        { text: emptyHash, mistake: 'The body hash is that of an empty body.' },
        { text: sha512('{}'), mistake: 'The body hash is that of "{}".' },
        {
          text: request.body.toString('utf8'),
          mistake: 'The body is signed instead of its SHA-512.',
        },
        { text: '', mistake: 'The body hash is missing from what is signed.' },
      ];
    case 'header hash':
      return [
        { text: emptyHash, mistake: 'The X-Duo headers that are sent are not signed.' },
        {
          text: '',
          mistake:
            'The header hash must be the SHA-512 of an empty text when there are no X-Duo headers.',
        },
      ];
  }
};

/** What the client may have signed instead of a candidate. */
export interface Guess {
  readonly received: readonly string[];
  readonly mistakes: readonly string[];
}

/** Every guess with at most two mistakes in the lines; a signature with more is not explained. */
export const guessesFor = (lines: readonly CanonicalLine[], request: WireRequest): Guess[] => {
  const expected = lines.map(({ text }) => text);
  const singles = lines.flatMap((line, index) =>
    variantsOf(line, request)
      .filter(({ text }) => text !== line.text)
      .map((variant) => ({ index, ...variant })),
  );
  const apply = (variants: typeof singles): Guess => ({
    received: expected.map(
      (text, index) => variants.find((one) => one.index === index)?.text ?? text,
    ),
    mistakes: variants.map(({ mistake }) => mistake),
  });
  const pairs = singles.flatMap((first) =>
    singles.filter((second) => second.index > first.index).map((second) => apply([first, second])),
  );
  return [apply([]), ...singles.map((one) => apply([one])), ...pairs];
};

/** A secret key, and the mistake of using it. */
export interface Key {
  readonly text: string;
  readonly mistake?: string;
}

/** The secret keys that a client may have used. */
export const keysFor = (state: SimulatorState, ikey: string, skey: string): Key[] => [
  { text: skey },
  { text: ikey, mistake: 'The integration key is used as the secret key.' },
  { text: `${skey}\n`, mistake: 'The secret key has a line feed at its end.' },
  { text: ` ${skey}`, mistake: 'The secret key has a space in front.' },
  { text: `${skey} `, mistake: 'The secret key has a space at its end.' },
  { text: '', mistake: 'The secret key is empty.' },
  ...state.directory
    .integrations()
    .filter((other) => other.ikey !== ikey)
    .map((other) => ({ text: other.skey, mistake: `The secret key belongs to ${other.ikey}.` })),
];

/** What a client may have joined the lines with. */
export const separators: readonly { readonly text: string; readonly mistake?: string }[] = [
  { text: '\n' },
  { text: '\r\n', mistake: 'The lines must be joined by LF, not CR LF.' },
  { text: '&', mistake: 'The lines must be joined by LF, not "&".' },
];
