import { afterEach, expect, it, vi } from 'vitest';
import { readEnvironment } from '../../src/cli/cli-context.ts';
import { paramsFromEnvironment } from '../../src/cli/parameters.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

it('takes every variable to its parameter', () => {
  expect(
    paramsFromEnvironment({
      DUO_HOSTNAME: 'h',
      DUO_IKEY: 'i',
      DUO_SKEY: 's',
      DUO_USERAGENT: 'u',
      DUO_TIMEOUT: '5',
      DUO_PROXY: 'true',
      DUO_INSECURE: 'false',
      DUO_CA_FILE: 'c',
      DUO_OTHER: 'x',
      HOSTNAME: 'x',
    }),
  ).toEqual({
    hostname: 'h',
    ikey: 'i',
    skey: 's',
    useragent: 'u',
    timeout: '5',
    proxy: 'true',
    insecure: 'false',
    ca_file: 'c',
  });
});

it('counts an empty variable as not set', () => {
  vi.stubEnv('DUO_HOSTNAME', '');
  vi.stubEnv('DUO_IKEY', 'i');
  expect(readEnvironment()).not.toHaveProperty('DUO_HOSTNAME');
  expect(paramsFromEnvironment({ DUO_HOSTNAME: '', DUO_IKEY: 'i' })).toEqual({ ikey: 'i' });
});

it('is a copy: what is set later is not seen', () => {
  const before = readEnvironment();
  vi.stubEnv('DUO_IKEY', 'later');
  expect(before).not.toHaveProperty('DUO_IKEY');
});
