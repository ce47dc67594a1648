// Traefik as a whole is not run: what can be is its matcher of rules, so that it is known which router takes
// a request.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { describePeer, missingFile, peersHome } from './peer.ts';

const program = join(peersHome, 'bin', 'traefik-router');

interface Router {
  readonly rule: string;
  readonly priority: number;
}

const read = (kind: string): readonly (Router & { readonly name: string })[] => {
  const { http } = parse(readFileSync(`docs/login/traefik/${kind}.yml`, 'utf8'));
  return Object.entries<Router>(http.routers).map(([name, { rule, priority }]) => ({
    name,
    rule,
    priority,
  }));
};

const host = 'Host: soar.example.com';
const socket = 'Connection: upgrade\r\nUpgrade: websocket';

type Row = readonly [line: string, router: string, headers?: string];

const both: readonly Row[] = [
  ['GET /auth/login', 'login'],
  ['POST /auth/passcode', 'login'],
  ['GET /auth/verify', 'proxies-only'],
  ['GET /auth/verify/api-key', 'proxies-only'],
  ['GET /auth/end-session', 'proxies-only'],
  ['GET /auth/verify?login=redirect', 'proxies-only', `${host}\r\nAuthorization: key`],
  ['GET /websocket', 'foreign-socket', `${host}\r\n${socket}`],
  ['GET /websocket', 'foreign-socket', `${host}\r\n${socket}\r\nOrigin: https://evil.example`],
  ['GET /', '', 'Host: other.example'],
];

const application: readonly Row[] = [
  ...both,
  ['GET /', 'application'],
  ['DELETE /auth', 'application'],
  ['GET /websocket', 'application', `${host}\r\n${socket}\r\nOrigin: https://soar.example.com`],
];

const xsoar: readonly Row[] = [
  ...both,
  ['GET /', 'xsoar'],
  ['GET /websocket', 'xsoar', `${host}\r\n${socket}\r\nOrigin: https://soar.example.com`],
  ['GET /incidents', 'key', `${host}\r\nAuthorization: key`],
  ['POST /login', 'own-login'],
  ['POST /LOGIN', 'own-login'],
  ['POST /%6cogin', 'own-login'],
  ['POST /login', 'own-login', `${host}\r\nAuthorization: key`],
  ['GET /saml', 'saml'],
  ['POST /SAML/', 'saml'],
  ['POST /saml-logout', 'saml', `${host}\r\nAuthorization: key`],
  ['POST /logout', 'sign-out'],
  ['GET /logout', 'sign-out-link'],
  ['POST /logout', 'sign-out', `${host}\r\nAuthorization: key`],
  ['POST //login', 'ambiguous-path'],
  ['POST /x/../login', 'ambiguous-path'],
  ['POST /login;x', 'ambiguous-path'],
];

describePeer("Traefik's routers", missingFile(program), () => {
  it.each([
    ['application', application],
    ['xsoar', xsoar],
  ])('for %s take each request as they should', (kind, rows) => {
    const requests = rows.map(
      ([line, , headers = host]) => `${line} HTTP/1.1\r\n${headers}\r\n\r\n`,
    );
    const input = JSON.stringify({ routers: read(kind), requests });
    const taken = JSON.parse(execFileSync(program, { input, encoding: 'utf8' })) as string[];
    const described = rows.map(([line, , headers], index) => [line, taken[index], headers]);
    expect(described).toEqual(rows.map(([line, router, headers]) => [line, router, headers]));
  });
});
