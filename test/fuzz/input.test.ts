/* Whatever is typed, piped or written into a file: it is read, or refused by name, and nothing else. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readRequest } from '../../src/cli/json-lines.ts';
import { parseLine } from '../../src/cli/line/parse-line.ts';
import { BadArgumentError, BadParameterError } from '../../src/duo/errors/input-errors.ts';
import { commands, dispatch } from '../../src/integration/commands/table.ts';
import { loadParams } from '../../src/integration/params.ts';
import { quoteValue } from '../cli/line/quote-value.ts';
import { fuzz, secondsEach } from './fuzz.ts';

const timeout = (secondsEach + 30) * 1000;
const names = [...commands.keys()];
const nasty = fc.string({
  unit: fc.constantFrom(
    '"',
    "'",
    '`',
    '\\',
    '=',
    ' ',
    '!',
    '$',
    '{',
    '}',
    '\n',
    '\t',
    'a',
    'ë',
    '😀',
    '\u0000',
  ),
});
const text = fc.oneof(nasty, fc.string({ unit: 'binary' }), fc.string());

it('war-room lines', { timeout }, () =>
  fuzz(
    fc.property(text, (tail) => {
      const parsed = parseLine(`!duo-preauth ${tail}`);
      expect('line' in parsed ? parsed.line.command : parsed.faults.length).toBeTruthy();
    }),
  ),
);

it('values that are quoted and read again', { timeout }, () =>
  fuzz(
    fc.property(fc.string({ minLength: 1 }), (value) => {
      const parsed = parseLine(`!duo-preauth username=${quoteValue(value)}`);
      expect(parsed).toHaveProperty('line');
    }),
  ),
);

it('arguments', { timeout }, () => {
  const known = [...new Set([...commands.values()].flatMap((one) => Object.keys(one.arguments)))];
  const args = fc.dictionary(
    fc.oneof(fc.constantFrom(...known), fc.string()),
    fc.oneof(text, fc.anything(), fc.constantFrom('push', 'passcode', 'true', '5')),
  );
  return fuzz(
    fc.property(fc.constantFrom(...names), args, (name, given) => {
      try {
        expect(dispatch(name, given)).toBeTypeOf('function');
      } catch (error) {
        expect(error).toBeInstanceOf(BadArgumentError);
      }
    }),
  );
});

it('parameters', { timeout }, () => {
  const value = fc.oneof(text, fc.anything());
  const params = fc.record(
    {
      hostname: fc.oneof(value, fc.constantFrom('api-x.duosecurity.com', 'https://h/', 'h:1')),
      credentials: fc.oneof(fc.anything(), fc.record({ identifier: value, password: value })),
      ikey: value,
      skey: value,
      useragent: value,
      timeout: value,
      proxy: value,
      insecure: value,
      ca_file: value,
      pinned_keys: value,
      client_cert_file: value,
    },
    { requiredKeys: [] },
  );
  return fuzz(
    fc.property(params, (given) => {
      try {
        expect(loadParams(given).settings.hostname).toMatch(/^[a-z0-9.-]+(?::\d+)?$/);
      } catch (error) {
        expect(error).toBeInstanceOf(BadParameterError);
      }
    }),
  );
});

it('JSON lines', { timeout }, () => {
  const request = fc.record(
    {
      id: fc.anything(),
      command: fc.oneof(fc.constantFrom(...names), fc.anything()),
      args: fc.anything(),
      params: fc.anything(),
    },
    { requiredKeys: [] },
  );
  const line = fc.oneof(
    text,
    fc.json(),
    request.map((one) => {
      try {
        return JSON.stringify(one) ?? '';
      } catch {
        return '{';
      }
    }),
  );
  return fuzz(
    fc.property(line, fc.nat(), (given, number) => {
      const read = readRequest({ text: given, number });
      expect('request' in read || 'error' in read).toBe(true);
    }),
  );
});
