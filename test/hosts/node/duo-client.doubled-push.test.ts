/*
 * A push goes out once, whatever the caller's own clock and logger do: what is no failure of the
 * connection may have come after the sending, so it is never a reason to send again.
 */
import { describe, expect, it, onTestFinished } from 'vitest';
import { DuoClient } from '../../../src/index.ts';
import { keys } from '../../../testing/keys.ts';
import { allowBody, type Play, rawReply, startFaultServer } from './fault-server.ts';

const start = async (
  options: object,
  play: Play = (socket) => void socket.write(rawReply(allowBody)),
) => {
  const server = await startFaultServer(play);
  onTestFinished(server.close);
  const { hostname, caFile } = server;
  return { server, duo: new DuoClient({ hostname, ...keys, caFile, ...options }) };
};

const push = { username: 'alice', factor: 'push', async: true } as const;

const failing = () => {
  throw new Error('broken');
};

describe('a push goes out once', () => {
  it('and succeeds, with a logger that throws', async () => {
    const { server, duo } = await start({ logger: { debug: failing, warn: failing } });
    expect(await duo.auth(push)).toHaveProperty('txid');
    expect(server.requests).toHaveLength(1);
  });

  it('and again after 429 alone, with a logger that throws', async () => {
    let calls = 0;
    const logger = { debug: failing, warn: failing };
    const { server, duo } = await start({ logger }, (socket) => {
      calls += 1;
      socket.write(
        calls === 1
          ? rawReply('', { 'Retry-After': '0' }, 'HTTP/1.1 429 Too Many Requests')
          : rawReply(allowBody),
      );
    });
    expect(await duo.auth(push)).toHaveProperty('txid');
    expect(server.requests).toHaveLength(2);
  });

  it('and is unknown, with a clock that throws after the response', async () => {
    let readings = 0;
    const now = () => {
      readings += 1;
      return readings > 1 ? failing() : Date.now();
    };
    const { server, duo } = await start({ now });
    await expect(duo.auth(push)).rejects.toMatchObject({ code: 'network', sent: 'unknown' });
    expect(server.requests).toHaveLength(1);
  });

  it('or not at all, with a clock that always throws', async () => {
    const { server, duo } = await start({ now: failing });
    await expect(duo.auth(push)).rejects.toMatchObject({ code: 'network', sent: 'unknown' });
    expect(server.requests).toHaveLength(0);
  });
});
