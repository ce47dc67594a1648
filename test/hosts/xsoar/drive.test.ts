import { describe, expect, it } from 'vitest';
import { NetworkError } from '../../../src/duo/errors/network-error.ts';
import { done, type Plan } from '../../../src/duo/plan.ts';
import { type ApiResponse, apiRequest } from '../../../src/duo/request.ts';
import { drive } from '../../../src/hosts/xsoar/drive.ts';
import { caught } from '../../../testing/caught.ts';
import { okResponse } from '../../../testing/responses.ts';

const request = apiRequest('check', 'GET');
const noWait = () => undefined;
const unreachable = new NetworkError('reset', 'check', 'gone', 'EOF');
const fail = () => {
  throw unreachable;
};

describe('the synchronous driver', () => {
  it('takes each step in turn and gives the result', () => {
    const steps: string[] = [];
    const plan: Plan<string> = {
      report: { txid: 't', status: 'pushed', statusMessage: '' },
      next: () => ({
        waitSeconds: 7,
        next: () => ({ send: request, next: ({ body }: ApiResponse) => done(body) }),
      }),
    };
    const result = drive(
      plan,
      ({ endpoint }) => {
        steps.push(endpoint);
        return okResponse('pong');
      },
      (seconds) => steps.push(`wait ${seconds}`),
    );
    expect(steps).toEqual(['wait 7', 'check']);
    expect(result).toContain('pong');
  });

  it('goes on as the plan says when no reply came', () => {
    const plan: Plan<string> = {
      send: request,
      next: () => done('reply'),
      onFailure: ({ kind }) => done(kind),
    };
    expect(drive(plan, fail, noWait)).toBe('reset');
  });

  it('throws when the plan does not say', () => {
    const plan: Plan<string> = { send: request, next: () => done('reply') };
    expect(caught(() => drive(plan, fail, noWait))).toBe(unreachable);
  });

  it('leaves an error of another kind alone', () => {
    const bug = new TypeError('bug');
    const plan: Plan<string> = {
      send: request,
      next: () => done('reply'),
      onFailure: () => done('failed'),
    };
    const breakDown = () => {
      throw bug;
    };
    expect(caught(() => drive(plan, breakDown, noWait))).toBe(bug);
  });
});
