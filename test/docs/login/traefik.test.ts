import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Router {
  readonly rule: string;
  readonly service: string;
  readonly middlewares?: readonly string[];
  readonly priority: number;
}

// Traefik itself is not run: what can be checked is that everything named exists and nothing is open.
describe.each(['application', 'xsoar'])("Traefik's configuration for %s", (kind) => {
  const { http } = parse(readFileSync(`docs/login/traefik/${kind}.yml`, 'utf8'));
  const routers = Object.entries<Router>(http.routers);

  it.each(routers)('%s names services and middlewares that exist', (_name, router) => {
    expect(Object.keys(http.services)).toContain(router.service);
    for (const middleware of router.middlewares ?? []) {
      expect(Object.keys(http.middlewares)).toContain(middleware);
    }
    expect(router.priority).toBeGreaterThan(0);
  });

  it.each(routers)('%s leads to the gateway, asks it, or is closed', (_name, router) => {
    const guards = (router.middlewares ?? []).filter(
      (name) => name === 'closed' || http.middlewares[name].forwardAuth !== undefined,
    );
    expect(router.service === 'login' || guards.length === 1).toBe(true);
  });

  it('asks the gateway what it answers, and believes no header of a client', () => {
    const asked = Object.values<{ forwardAuth?: { address: string; trustForwardHeader: boolean } }>(
      http.middlewares,
    ).flatMap(({ forwardAuth }) => forwardAuth ?? []);
    expect(asked.length).toBeGreaterThan(0);
    for (const { address, trustForwardHeader } of asked) {
      expect(address).toMatch(
        /^http:\/\/127\.0\.0\.1:8443\/auth\/(verify\?login=redirect|verify\/api-key|end-session)$/,
      );
      expect(trustForwardHeader).toBe(false);
    }
  });
});
