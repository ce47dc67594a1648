import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { canonicalize, encodeParams } from '../../src/duo/sign-request.ts';
import { nodePrimitives, signRequest } from '../../src/hosts/node/sign-request.ts';

/* Every vector that the tests of Duo's own clients hold for signature versions 2 and 5. Left out are
 * versions 1 and 4, which this client does not speak, and the Java client's requests of version 5
 * without X-Duo headers, whose canonical text ends a line early. */

const params = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

const request = z.object({
  method: z.string(),
  host: z.string(),
  path: z.string(),
  date: z.string(),
  params,
  body: z.string().exactOptional(),
  headers: z.record(z.string(), z.string()).exactOptional(),
  version: z.literal([2, 5]),
});

const input = request.extend({
  ikey: z.string(),
  skey: z.string(),
  algorithm: z.enum(['sha1', 'sha512']).exactOptional(),
});

const vectorsSchema = z.object({
  params: z.array(z.object({ source: z.string(), params, line: z.string() })),
  canonical: z.array(z.object({ source: z.string(), input: request, canonical: z.string() })),
  signed: z.array(z.object({ source: z.string(), input, authorization: z.string() })),
});

const file = new URL('../fixtures/duo-client-vectors.json', import.meta.url);
const vectors = vectorsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));

describe('parameters', () => {
  it.each(vectors.params)('$source', (vector) => {
    expect(encodeParams(vector.params)).toBe(vector.line);
  });
});

describe('canonical text', () => {
  it.each(vectors.canonical)('$source', (vector) => {
    expect(canonicalize(vector.input, nodePrimitives.sha512)).toBe(vector.canonical);
  });
});

describe('signature', () => {
  it.each(vectors.signed)('$source', (vector) => {
    expect(signRequest(vector.input).authorization).toBe(vector.authorization);
  });
});

it('are all there', () => {
  const { params: lines, canonical, signed } = vectors;
  expect([lines.length, canonical.length, signed.length]).toEqual([41, 9, 17]);
});
