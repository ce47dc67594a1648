import { expect, it } from 'vitest';
import { canSchedule } from '../../../src/hosts/xsoar/server.ts';

it.each([
  { version: '8.0.0' },
  { version: '8.10.1', platform: 'xsoar' },
  { version: '10.0.0' },
  { version: '6.12.0', platform: 'x2' },
  { version: '', platform: 'unified_platform' },
])('%j runs a command again', (version) => {
  expect(canSchedule(version)).toBe(true);
});

it.each([
  { version: '6.12.0', platform: 'xsoar' },
  { version: '6.10.0' },
  { version: 'unknown' },
  {},
  '8.0.0',
  null,
  undefined,
])('%j is not known to', (version) => {
  expect(canSchedule(version)).toBe(false);
});
