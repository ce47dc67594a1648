import { describe, expect, it } from 'vitest';
import { main } from '../../../src/hosts/xsoar/main.ts';
import type { Server } from '../../../src/hosts/xsoar/server.ts';
import { duoResponse, fakeNowMs, fakeServer, instanceParams, okResponse } from './fake-server.ts';

const time = Math.floor(fakeNowMs / 1000);
const denied = { result: 'deny', status: 'deny', status_msg: 'Login request denied.' };
const waiting = { result: 'waiting', status: 'pushed', status_msg: 'Pushed a login request.' };

const run = (overrides: Partial<Server>, responses: readonly unknown[] = []) => {
  const server = fakeServer(overrides, responses);
  return { answer: main(server), server };
};

describe('the Test button', () => {
  it("is 'ok' when Duo answers and takes the keys", () => {
    const { answer, server } = run({ command: 'test-module' }, [
      okResponse({ time }),
      okResponse({ time }),
    ]);
    expect(answer).toBe('ok');
    expect(server.calls.map(({ url }) => url.replace(/^.*\//, ''))).toEqual(['ping', 'check']);
  });

  it('says as plain text what is wrong and what to do', () => {
    const refusal = duoResponse(
      { stat: 'FAIL', code: 40103, message: 'Invalid signature in request credentials' },
      401,
    );
    const { answer } = run({ command: 'test-module' }, [okResponse({ time }), refusal]);
    expect(answer).toBe(
      'Duo answered /check with 40103: Invalid signature in request credentials. Copy the secret key again from the same application as the integration key, and check the API hostname.',
    );
  });

  it('names every fault of the parameters at once', () => {
    const { answer } = run({ command: 'test-module', params: { timeout: 'soon' } });
    expect(answer).toMatch(/hostname: is missing.*skey: is missing.*timeout: must be/s);
  });
});

describe('a command', () => {
  it('gives one entry', () => {
    const { answer } = run({ command: 'duo-check' }, [okResponse({ time })]);
    expect(answer).toEqual({
      Type: 1,
      ContentsFormat: 'json',
      Contents: { stat: 'OK', response: { time } },
      ReadableContentsFormat: 'markdown',
      HumanReadable: expect.stringContaining('Duo check: the keys are right'),
      EntryContext: { 'Duo.Check': { Response: { Time: '2026-01-02T03:04:05Z' } } },
      IgnoreAutoExtract: true,
    });
  });

  it('takes a deny for an answer', () => {
    const { answer } = run({ command: 'duo-authenticate', args: { username: 'erin' } }, [
      okResponse(denied),
    ]);
    expect(answer).toMatchObject({
      Type: 1,
      EntryContext: { 'Duo.Authenticate': { Response: { Result: 'deny' } } },
    });
  });

  it('tolerates arguments that the server adds', () => {
    const args = { username: 'erin', 'raw-response': 'true', using: 'Duo_instance_1' };
    const { answer } = run({ command: 'duo-authenticate', args }, [okResponse(denied)]);
    expect(answer).toMatchObject({ Type: 1 });
  });

  it.each([
    ['an unknown command', { command: 'duo-preath' }, [], 'Did you mean duo-preauth?'],
    ['a missing argument', { command: 'duo-preauth' }, [], 'give either username or user_id'],
    ['bad parameters', { params: {} }, [], 'hostname: is missing'],
    ['no reply', {}, [{ StatusCode: -1, Status: 'timeout' }], 'did not answer /check within 60 s'],
    ['a web page', {}, [{ StatusCode: 502, Body: '<html>' }], '(HTTP 502) cannot be read'],
    [
      'a refusal',
      {},
      [duoResponse({ stat: 'FAIL', code: 40301, message: 'Access forbidden' }, 403)],
      'of the type "Auth API"',
    ],
  ])('gives an error entry for %s', (_name, overrides, responses, text) => {
    const { answer } = run(overrides, responses);
    expect(answer).toEqual({
      Type: 4,
      ContentsFormat: 'text',
      Contents: expect.stringContaining(text),
    });
  });

  it.each([
    [new TypeError('bug\u001b[31m'), 'unexpected way: bug.'],
    ['text', 'unexpected way: text.'],
  ])('fails closed on an unexpected error: %s', (thrown, text) => {
    const now = () => {
      throw thrown;
    };
    const { answer } = run({ now });
    expect(answer).toMatchObject({ Type: 4, Contents: expect.stringContaining(text) });
  });
});

describe('polling', () => {
  const args = { username: 'alice', factor: 'push', polling: 'true' };

  it('comes back on a server that can', () => {
    const { answer } = run({ command: 'duo-authenticate', args }, [okResponse({ txid: 't-1' })]);
    expect(answer).toMatchObject({
      PollingCommand: 'duo-authenticate-status',
      PollingArgs: { txid: 't-1', polling: 'true' },
    });
  });

  it('is the async result on one that cannot, and says so', () => {
    const { answer } = run({ command: 'duo-authenticate', args, version: { version: '6.12.0' } }, [
      okResponse({ txid: 't-1' }),
    ]);
    expect(answer).not.toHaveProperty('PollingCommand');
    expect(answer).toMatchObject({
      HumanReadable: expect.stringContaining('cannot ask again by itself'),
      EntryContext: { 'Duo.Authenticate': { Response: { TxID: 't-1' } } },
    });
  });

  it('is a wait inside the status command on a server that cannot come back', () => {
    const { answer, server } = run(
      {
        command: 'duo-authenticate-status',
        args: { txid: 't-1', polling: 'true' },
        version: { version: '6.12.0' },
      },
      [okResponse(waiting), okResponse(waiting), okResponse(denied)],
    );
    expect(answer).toMatchObject({
      EntryContext: { 'Duo.AuthenticateStatus': { Response: { Result: 'deny' } } },
    });
    // An answer that Duo did not hold back must not be asked for in a tight loop.
    expect(server.waits).toEqual([1]);
  });

  it('goes on while the user has not answered, and then ends', () => {
    const next = { command: 'duo-authenticate-status', args: { txid: 't-1', polling: 'true' } };
    expect(run(next, [okResponse(waiting)]).answer).toHaveProperty('NextRun', '10');
    expect(run(next, [okResponse(denied)]).answer).not.toHaveProperty('NextRun');
  });
});

describe('parameters', () => {
  it('come from a vault, where the server copies only the user name', () => {
    const { identifier, password } = instanceParams.credentials;
    const credentials = {
      identifier,
      password: '',
      credentials: { user: identifier, password, vaultInstanceId: 'vault' },
    };
    const { answer } = run({ params: { ...instanceParams, credentials } }, [okResponse({ time })]);
    expect(answer).toMatchObject({ Type: 1 });
  });

  it('that a newer server adds are no fault', () => {
    const params = { ...instanceParams, somethingNew: true };
    expect(run({ params }, [okResponse({ time })]).answer).toMatchObject({ Type: 1 });
  });

  it('that look odd are named in the debug log, and no secret is', () => {
    const params = { ...instanceParams, insecure: true };
    const { server } = run({ params }, [okResponse({ time })]);
    expect(server.logs).toEqual([
      'Duo Auth API: running duo-check.',
      'Duo Auth API: insecure is on: any certificate is trusted.',
    ]);
  });
});
