import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { encodeParams } from '../../src/duo/sign-request.ts';
import { signRequest } from '../../src/hosts/node/sign-request.ts';

const vectorSchema = z.object({
  name: z.string(),
  sigVersion: z.number(),
  alg: z.enum(['sha1', 'sha512']),
  ikey: z.string(),
  skey: z.string(),
  method: z.string(),
  host: z.string(),
  path: z.string(),
  date: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  body: z.string().nullable(),
  headers: z.record(z.string(), z.string()),
  canonical: z.string(),
  sig: z.string(),
  authorization: z.string(),
});

const file = new URL('../fixtures/signature-vectors.json', import.meta.url);
const all = z.array(vectorSchema).parse(JSON.parse(readFileSync(file, 'utf8')));

// Versions 1 and 4 are for servers to know; this client signs with 2 and 5.
const ours = all.filter(({ sigVersion }) => sigVersion === 2 || sigVersion === 5);

describe.each(ours.map((vector) => [vector.name, vector] as const))('%s', (_name, vector) => {
  const signed = signRequest({
    ...vector,
    body: vector.body ?? '',
    version: vector.sigVersion === 5 ? 5 : 2,
    algorithm: vector.alg,
  });
  const lines = vector.canonical.split('\n');

  it('encodes the parameters', () => {
    expect(encodeParams(vector.params)).toBe(lines[4]);
  });

  it('builds the canonical text', () => {
    expect(signed.canonical).toBe(vector.canonical);
  });

  it('signs it', () => {
    expect(signed.signature).toBe(vector.sig);
  });

  it('writes the header', () => {
    expect(signed.authorization).toBe(vector.authorization);
  });
});

it('covers every vector of the versions that this client speaks', () => {
  expect(ours).toHaveLength(18);
  expect(all).toHaveLength(20);
});
