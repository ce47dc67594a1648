import { expect, it, vi } from 'vitest';
import { createIntegrationPool } from '../../src/cli/run.ts';
import { keys } from '../../testing/keys.ts';

const params = { hostname: 'api-1.duosecurity.com', ...keys };

it('gives one instance for the same parameters, in whatever order', () => {
  const integrationFor = createIntegrationPool(() => undefined);
  const first = integrationFor(params);
  expect(integrationFor({ ...keys, hostname: 'api-1.duosecurity.com' })).toBe(first);
  expect(integrationFor({ ...params, timeout: 5 })).not.toBe(first);
});

it('holds a bounded number: the one that was not used for longest is closed and makes room', () => {
  const integrationFor = createIntegrationPool(() => undefined);
  const first = integrationFor(params);
  const second = integrationFor({ ...params, timeout: 1 });
  const closeFirst = vi.spyOn(first, 'close');
  const closeSecond = vi.spyOn(second, 'close');
  for (let timeout = 2; timeout < 100; timeout += 1) {
    integrationFor({ ...params, timeout });
  }
  expect(integrationFor(params)).toBe(first);
  integrationFor({ ...params, timeout: 100 });
  expect(closeSecond).toHaveBeenCalledOnce();
  expect(closeFirst).not.toHaveBeenCalled();
  expect(integrationFor({ ...params, timeout: 1 })).not.toBe(second);
});

it('notes what looks wrong, and throws what is wrong', () => {
  const noted: string[] = [];
  const integrationFor = createIntegrationPool((text) => noted.push(text));
  integrationFor({ ...params, insecure: true });
  expect(noted).toEqual(['Warning: insecure is on: any certificate is trusted.']);
  expect(() => integrationFor({})).toThrow('hostname: is missing');
});
