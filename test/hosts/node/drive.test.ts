import { describe, expect, it } from 'vitest';
import { CancelledError, NetworkError } from '../../../src/duo/errors/network-error.ts';
import { ask, done, type Plan, type Progress } from '../../../src/duo/plan.ts';
import { apiRequest } from '../../../src/duo/request.ts';
import { drive } from '../../../src/hosts/node/drive.ts';
import type { Send } from '../../../src/hosts/node/transport.ts';
import { rejection } from '../../../testing/caught.ts';
import { responseWith } from '../../../testing/responses.ts';

const failure = new NetworkError('reset', 'auth', 'It broke off.', 'ECONNRESET');
const answering: Send = async (request) => responseWith(request.endpoint);
const failing: Send = async () => {
  throw failure;
};
const askAuth = ask(apiRequest('auth', 'POST'), (reply) => reply.body);
const progress: Progress = { txid: 't', status: 'pushed', statusMessage: 'Pushed.' };

describe('drive', () => {
  it('takes every kind of step', async () => {
    const notified: Progress[] = [];
    const plan: Plan<string> = {
      report: progress,
      next: () => ({ waitSeconds: 0.001, next: () => askAuth }),
    };
    const options = { onProgress: (one: Progress) => void notified.push(one) };
    expect(await drive(plan, answering, options)).toBe('auth');
    expect(notified).toEqual([progress]);
  });

  it('needs no listener for progress', async () => {
    expect(await drive({ report: progress, next: () => done(1) }, answering)).toBe(1);
  });

  it('goes on after a failure that the plan expects', async () => {
    const plan: Plan<string> = {
      send: apiRequest('auth', 'POST'),
      next: () => done('answered'),
      onFailure: ({ kind }) => done(kind),
    };
    expect(await drive(plan, failing)).toBe('reset');
  });

  it('throws a failure that the plan does not expect', async () => {
    expect(await rejection(drive(askAuth, failing))).toBe(failure);
  });

  it('does not take a plan’s own error for a failure to send', async () => {
    const plan: Plan<string> = {
      send: apiRequest('auth', 'POST'),
      next: () => {
        throw failure;
      },
      onFailure: () => done('forgiven'),
    };
    expect(await rejection(drive(plan, answering))).toBe(failure);
  });

  it('throws what is no network failure, expected or not', async () => {
    const plan: Plan<string> = {
      send: apiRequest('auth', 'POST'),
      next: () => done('answered'),
      onFailure: () => done('forgiven'),
    };
    const bug = new Error('a bug');
    expect(await rejection(drive(plan, () => Promise.reject(bug)))).toBe(bug);
  });
});

describe('an AbortSignal', () => {
  it('ends a plan before it starts', async () => {
    const error = await rejection(drive(askAuth, answering, { signal: AbortSignal.abort() }));
    expect(error).toBeInstanceOf(CancelledError);
    expect(error).toHaveProperty('mayReachUser', false);
  });

  it('ends a plan between two steps, and warns of a push', async () => {
    const abort = new AbortController();
    const plan: Plan<string> = {
      send: apiRequest('auth', 'POST'),
      next: () => {
        abort.abort();
        return askAuth;
      },
    };
    const error = await rejection(drive(plan, answering, { signal: abort.signal }));
    expect(error).toHaveProperty('mayReachUser', true);
  });

  it('ends a wait at once', async () => {
    const abort = new AbortController();
    const waiting = drive({ waitSeconds: 3600, next: () => done(1) }, answering, {
      signal: abort.signal,
    });
    abort.abort();
    expect(await rejection(waiting)).toBeInstanceOf(CancelledError);
  });
});
