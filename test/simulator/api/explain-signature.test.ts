import { createHash, createHmac } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { explainSignature, firstDifference } from '../../../src/simulator/api/explain-signature.ts';
import { loadConfig } from '../../../src/simulator/config/load-config.ts';
import { loadOneTimeCodes } from '../../../src/simulator/core/device.ts';
import type { WireRequest } from '../../../src/simulator/core/exchange.ts';
import { SimulatorState } from '../../../src/simulator/core/state.ts';
import { createManualClock, defaultIkey, defaultSkey } from '../../../src/simulator/index.ts';

const date = 'Tue, 21 Aug 2012 17:29:18 -0000';
const host = 'localhost';
const path = '/auth/v2/preauth';
const form = 'username=root+admin&ipaddr=192.0.2.7';
const canonicalForm = 'ipaddr=192.0.2.7&username=root%20admin';
const right = [date, 'POST', host, path, canonicalForm];

const sha512 = (text: string): string => createHash('sha512').update(text).digest('hex');

let state: SimulatorState;

beforeAll(async () => {
  const config = await loadConfig();
  state = new SimulatorState(config, createManualClock(), await loadOneTimeCodes());
});

interface Changes {
  readonly key?: string;
  readonly separator?: string;
  readonly hash?: string;
  readonly request?: Partial<WireRequest>;
  readonly headers?: WireRequest['headers'];
}

/** A request whose client signed these lines. */
const explain = (lines: readonly string[], changes: Changes = {}) => {
  const { key = defaultSkey, separator = '\n', hash = 'sha512' } = changes;
  const signature = createHmac(hash, key).update(lines.join(separator)).digest('hex');
  return explainSignature(state, {
    method: 'POST',
    path,
    query: '',
    body: Buffer.from(form),
    ...changes.request,
    headers: {
      host: 'localhost:8443',
      date,
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${defaultIkey}:${signature}`).toString('base64')}`,
      ...changes.headers,
    },
  });
};

const withLine = (index: number, text: string): string[] =>
  right.map((line, at) => (at === index ? text : line));

it('says which scheme matched', () => {
  expect(explain(right)).toMatchObject({ verdict: 'matched', scheme: 'v2/sha512', mistakes: [] });
});

describe('finds what the client signed instead', () => {
  it.each([
    ['parameters', 4, 'username=root%20admin&ipaddr=192.0.2.7', /not sorted/],
    ['parameters', 4, 'ipaddr=192.0.2.7&username=root+admin', /"%20"/],
    ['parameters', 4, form, /as they are sent/],
    ['parameters', 4, '', /parameters are missing/],
    ['host', 2, 'LOCALHOST', /lower case/],
    ['host', 2, 'https://localhost:8443', /https:/],
    ['host', 2, 'api-simulator.duosecurity.com', /host_aliases/],
    ['method', 1, 'post', /capital letters/],
    ['path', 3, '/auth/v2/preauth?', /with its query/],
    ['path', 3, 'auth/v2/preauth', /leading/],
    ['date', 0, '', /date is missing/],
    ['date', 0, '1345570158', /Unix seconds/],
  ] as const)('in the line %s: %#', (name, index, text, mistake) => {
    const explanation = explain(withLine(index, text));
    expect(explanation).toMatchObject({ verdict: 'mistake found', scheme: 'v2/sha512' });
    expect(explanation?.mistakes.join()).toMatch(mistake);
    expect(explanation?.lines.filter(({ firstDifference: at }) => at !== undefined)).toMatchObject([
      { name, expected: right[index], received: text },
    ]);
  });

  it('in two lines at once', () => {
    const lines = [date, 'post', 'LOCALHOST', path, canonicalForm];
    expect(explain(lines)?.mistakes).toHaveLength(2);
  });

  it.each([
    ['a key with a line feed', { key: `${defaultSkey}\n` }, /line feed/],
    ['the integration key', { key: defaultIkey }, /integration key/],
    ['CR LF', { separator: '\r\n' }, /CR LF/],
    ['SHA-256', { hash: 'sha256' }, /SHA-256/],
  ])('with %s', (_what, changes, mistake) => {
    const explanation = explain(right, changes);
    expect(explanation?.verdict).toBe('mistake found');
    expect(explanation?.mistakes.join()).toMatch(mistake);
  });

  it('with version 2 over a JSON body', () => {
    const body = '{"ipaddr":"192.0.2.7","username":"root admin"}';
    const explanation = explain(right, {
      request: { body: Buffer.from(body) },
      headers: { 'content-type': 'application/json' },
    });
    expect(explanation?.mistakes.join()).toMatch(/not JSON/);
  });

  it('with version 5 that leaves out its header hash', () => {
    const body = '{"username":"alice"}';
    const lines = [date, 'POST', host, path, '', sha512(body), ''];
    const explanation = explain(lines, {
      request: { body: Buffer.from(body) },
      headers: { 'content-type': 'application/json' },
    });
    expect(explanation).toMatchObject({ verdict: 'mistake found', scheme: 'v5/sha512' });
    expect(explanation?.mistakes.join()).toMatch(/header hash/);
  });
});

it('shows what is expected when no usual mistake explains the signature', () => {
  const explanation = explain(right, { key: 'quite another key' });
  expect(explanation).toMatchObject({ verdict: 'unknown', scheme: 'v2/sha512' });
  expect(explanation?.lines.map(({ expected }) => expected)).toEqual(right);
  expect(explanation?.lines.every(({ received }) => received === undefined)).toBe(true);
  expect(explanation?.tried).toBeGreaterThan(500);
});

it('says when the signature has no possible length', () => {
  const authorization = `Basic ${Buffer.from(`${defaultIkey}:c2lnbmF0dXJl`).toString('base64')}`;
  expect(explain(right, { headers: { authorization } })?.verdict).toBe('unreadable');
});

it('explains nothing without credentials of a known integration', () => {
  expect(explain(right, { headers: { authorization: undefined } })).toBeUndefined();
  const authorization = `Basic ${Buffer.from('DINOBODY:abc').toString('base64')}`;
  expect(explain(right, { headers: { authorization } })).toBeUndefined();
});

it.each([
  ['same', 'same', undefined],
  ['abc', 'abd', 2],
  ['abc', 'ab', 2],
  ['ab', 'abc', 2],
  ['', 'a', 0],
])('the first difference of %j and %j is %j', (expected, received, index) => {
  expect(firstDifference(expected, received)).toBe(index);
});
