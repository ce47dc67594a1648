import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseCredentials } from '../../../src/simulator/api/authenticate.ts';
import { readBody } from '../../../src/simulator/api/request.ts';
import { matchSignature } from '../../../src/simulator/api/signature.ts';
import { signatureSchemes } from '../../../src/simulator/core/configuration.ts';
import type { WireRequest } from '../../../src/simulator/core/exchange.ts';

interface Vector {
  readonly name: string;
  readonly sigVersion: number;
  readonly alg: string;
  readonly ikey: string;
  readonly skey: string;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly date: string | null;
  readonly params: Readonly<Record<string, string | string[]>>;
  readonly body: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly sig: string;
  readonly authorization: string;
}

const vectors: Vector[] = JSON.parse(
  readFileSync(new URL('../../fixtures/signature-vectors.json', import.meta.url), 'utf8'),
);

const formText = (params: Vector['params']): string => {
  const pairs = Object.entries(params).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  );
  return new URLSearchParams(pairs).toString();
};

const requestOf = (vector: Vector): WireRequest => {
  const form = formText(vector.params);
  const isQuery = vector.method === 'GET';
  const isForm = vector.sigVersion <= 2;
  const type = isForm ? 'application/x-www-form-urlencoded' : 'application/json';
  return {
    method: vector.method,
    path: vector.path,
    query: isQuery ? form : '',
    headers: { ...vector.headers, ...(isQuery ? {} : { 'content-type': type }) },
    body: Buffer.from(isQuery ? '' : isForm ? form : (vector.body ?? '')),
  };
};

const match = (vector: Vector, changes: Partial<WireRequest> = {}, skey = vector.skey) => {
  const request = { ...requestOf(vector), ...changes };
  const credentials = parseCredentials(vector.authorization);
  return matchSignature(
    {
      request,
      body: readBody(request),
      date: vector.date ?? undefined,
      hosts: ['decoy.example', vector.host],
      skey,
      accepted: signatureSchemes,
      allowUnsignedDuoDate: true,
    },
    credentials?.signature ?? '',
  );
};

describe('signature vectors', () => {
  it('are all here', () => {
    expect(vectors.length).toBeGreaterThanOrEqual(20);
  });

  it.each(vectors.map((vector) => [vector.name, vector] as const))('%s fits', (_name, vector) => {
    expect(parseCredentials(vector.authorization)?.ikey).toBe(vector.ikey);
    expect(match(vector)?.scheme).toBe(`v${vector.sigVersion}/${vector.alg}`);
  });

  it.each(vectors.map((vector) => [vector.name, vector] as const))(
    '%s vouches for its parameters',
    (_name, vector) => {
      const params = match(vector)?.params ?? [];
      const sent = vector.sigVersion > 2 && vector.body ? JSON.parse(vector.body) : vector.params;
      const expected = Object.entries(sent).flatMap(([name, value]) =>
        [value].flat().map((one) => [name, one]),
      );
      expect(params).toEqual(expected);
    },
  );

  it.each(vectors.map((vector) => [vector.name, vector] as const))(
    '%s fits nothing but what was signed',
    (_name, vector) => {
      const other = `${vector.skey.slice(0, -1)}${vector.skey.endsWith('0') ? '1' : '0'}`;
      expect(match(vector, {}, other)).toBeUndefined();
      expect(match(vector, { path: `${vector.path}/` })).toBeUndefined();
      expect(match(vector, { method: 'PUT' })).toBeUndefined();
    },
  );

  it('takes the hexadecimal digits in either case', () => {
    const [vector] = vectors;
    expect(vector).toBeDefined();
    if (!vector) {
      return;
    }
    const upper = Buffer.from(`${vector.ikey}:${vector.sig.toUpperCase()}`).toString('base64');
    expect(match({ ...vector, authorization: `Basic ${upper}` })?.scheme).toBe('v2/sha1');
  });
});
