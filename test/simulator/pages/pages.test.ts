import { expect, it } from 'vitest';
import { startStill } from '../../../testing/running-simulator.ts';
import { send } from '../duo-caller.ts';

const types: Readonly<Record<string, string>> = {
  '': 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};

/** What a page or a script of it refers to. */
const referencesOf = (text: string): string[] => [
  ...[...text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path = '']) => path),
  ...[...text.matchAll(/from '\.\/([^']+)'/g)].map(([, name]) => `/phone/${name}`),
];

it('serves the phone page and all that it refers to, with nothing secret in it', async () => {
  const simulator = await startStill();
  const known = new Set(['/phone']);
  // A set goes on to what is added to it on the way.
  for (const path of known) {
    const reply = await send(simulator, 'GET', path, {});
    const text = reply.body.toString();
    expect(reply.status, path).toBe(200);
    expect(reply.headers['content-type']).toBe(types[/\.(\w+)$/.exec(path)?.[1] ?? '']);
    expect(reply.headers['content-security-policy']).toContain("default-src 'none'");
    expect(text).not.toContain(simulator.controlToken);
    for (const reference of referencesOf(text)) {
      known.add(reference);
    }
  }
  expect([...known].filter((path) => path.endsWith('.js')).length).toBeGreaterThan(5);
});

it('says on the phone page that it is not Duo', async () => {
  const reply = await send(await startStill(), 'GET', '/phone', {});
  expect(reply.body.toString()).toContain('Simulator – not the Duo service');
});
