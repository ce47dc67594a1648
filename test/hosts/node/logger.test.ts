import { describe, expect, it } from 'vitest';
import { createIntegration } from '../../../src/hosts/node/create-integration.ts';
import type { LogFields } from '../../../src/hosts/node/logger.ts';
import { rejection } from '../../../testing/caught.ts';
import { keys } from '../../../testing/keys.ts';
import { startTlsServer } from '../../../testing/tls-server.ts';

type Line = readonly [level: string, message: string, fields: LogFields];

const listen = () => {
  const lines: Line[] = [];
  const logger = {
    debug: (message: string, fields: LogFields = {}) => void lines.push(['debug', message, fields]),
    warn: (message: string, fields: LogFields = {}) => void lines.push(['warn', message, fields]),
  };
  return { lines, logger };
};

const milliseconds = expect.any(Number);

describe('a logger is notified of', () => {
  it('each attempt under one name, and why there is another', async () => {
    let calls = 0;
    const { hostname, caFile } = await startTlsServer((_request, response) => {
      calls += 1;
      response.writeHead(calls === 1 ? 429 : 200, { 'Retry-After': '0' });
      response.end(JSON.stringify({ stat: 'OK', response: { time: 1 } }));
    });
    const { lines, logger } = listen();
    await createIntegration({ hostname, ...keys, ca_file: caFile }, { logger }).run('duo-check');
    const requestId = lines[0]?.[2]['requestId'];
    expect(requestId).toMatch(/^[0-9a-f]{6}-1$/);
    const name = { requestId, endpoint: 'check' };
    expect(lines).toEqual([
      ['debug', 'duo: response', { ...name, attempt: 1, status: 429, milliseconds }],
      ['warn', 'duo: will send again', { ...name, attempt: 1, reason: '429', milliseconds }],
      ['debug', 'duo: response', { ...name, attempt: 2, status: 200, milliseconds }],
    ]);
  });

  it('a failure, and whether anything was sent', async () => {
    const { lines, logger } = listen();
    const params = { hostname: 'no-such-host.invalid', ...keys };
    await rejection(createIntegration(params, { logger }).run('duo-ping'));
    expect(lines.at(-1)).toEqual([
      'debug',
      'duo: no response',
      {
        requestId: expect.any(String),
        endpoint: 'ping',
        attempt: 1,
        failure: 'dns',
        reason: 'ENOTFOUND',
        sent: 'no',
        milliseconds,
      },
    ]);
  });

  it('a response that broke a rule before it could be read', async () => {
    const { hostname } = await startTlsServer((_request, response) => {
      response.end('x'.repeat(2 * 1024 * 1024));
    });
    const { lines, logger } = listen();
    const params = { hostname, ...keys, insecure: true };
    await rejection(createIntegration(params, { logger }).run('duo-ping'));
    expect(lines.at(-1)?.[2]).toMatchObject({ failure: 'unreadable_reply' });
  });

  it('what looks wrong, once for an instance', () => {
    const { lines, logger } = listen();
    createIntegration({ hostname: 'localhost:1', ...keys, insecure: true }, { logger });
    expect(lines).toEqual([['warn', 'duo: insecure is on: any certificate is trusted.', {}]]);
  });

  it('console will do', async () => {
    const integration = createIntegration(
      { hostname: 'no-such-host.invalid', ...keys },
      { logger: { ...console, debug: () => undefined } },
    );
    expect(await rejection(integration.run('duo-ping'))).toHaveProperty('code', 'network');
  });
});
