import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallLimit, type Release, Semaphore } from '../../../src/hosts/node/limits.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('CallLimit', () => {
  it('ends at its time-out, and interrupts what the call does then', () => {
    const call = new CallLimit(1000);
    const stopped: string[] = [];
    call.interrupt(() => void stopped.push('first'));
    call.interrupt(() => void stopped.push('second'));
    vi.advanceTimersByTime(999);
    expect([call.ended, stopped]).toEqual([undefined, []]);
    vi.advanceTimersByTime(1);
    expect([call.ended, stopped]).toEqual(['timeout', ['second']]);
    call.release();
  });

  it('ends with the signal, and what comes later is stopped at once', () => {
    const abort = new AbortController();
    const call = new CallLimit(1000, abort.signal);
    abort.abort();
    let isStopped = false;
    call.interrupt(() => {
      isStopped = true;
    });
    expect([call.ended, isStopped]).toEqual(['cancelled', true]);
    call.release();
  });

  it('keeps its first reason', () => {
    const abort = new AbortController();
    const call = new CallLimit(1000, abort.signal);
    vi.advanceTimersByTime(1000);
    abort.abort();
    expect(call.ended).toBe('timeout');
    call.release();
  });

  it('is over before it starts, with a signal that has fired', () => {
    const call = new CallLimit(1000, AbortSignal.abort());
    expect(call.ended).toBe('cancelled');
    call.release();
  });

  it('leaves neither a timer nor a listener behind, however many share a signal', () => {
    const { signal } = new AbortController();
    const calls = Array.from({ length: 100 }, () => new CallLimit(1000, signal));
    expect(getEventListeners(signal, 'abort')).toHaveLength(100);
    for (const call of calls) {
      call.release();
    }
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('has sent nothing of what it turns to next', () => {
    const call = new CallLimit(1000);
    call.interrupt(() => undefined);
    call.noteSent();
    expect(call.sentAtMs).toBeTypeOf('number');
    call.interrupt(() => undefined);
    expect(call.sentAtMs).toBeUndefined();
    call.release();
  });

  it('interrupts nothing once it is released', () => {
    const call = new CallLimit(1000);
    call.interrupt(() => expect.unreachable());
    call.release();
    vi.advanceTimersByTime(2000);
    expect(call.ended).toBeUndefined();
  });
});

describe('Semaphore', () => {
  const calls: CallLimit[] = [];
  const newCall = (signal?: AbortSignal): CallLimit => {
    const call = new CallLimit(1000, signal);
    calls.push(call);
    return call;
  };

  afterEach(() => {
    for (const call of calls.splice(0)) {
      call.release();
    }
  });

  it('gives so many places, and the next when one is given back, in the order of arrival', async () => {
    const semaphore = new Semaphore(2);
    const inside: number[] = [];
    const entering = [1, 2, 3, 4].map(async (number) => {
      const release = await semaphore.acquire(newCall());
      inside.push(number);
      return release;
    });
    const releaseFirst = await entering[0];
    await entering[1];
    expect(inside).toEqual([1, 2]);
    releaseFirst?.();
    (await entering[2])?.();
    await entering[3];
    expect(inside).toEqual([1, 2, 3, 4]);
  });

  it('has a place that was given back for a later call', async () => {
    const semaphore = new Semaphore(1);
    (await semaphore.acquire(newCall()))?.();
    expect(await semaphore.acquire(newCall())).toBeTypeOf('function');
  });

  it.each([
    ['cancelled', (abort: AbortController) => abort.abort()],
    ['out of time', () => void vi.advanceTimersByTime(1000)],
  ])('gives no place to a call that is %s while it waits', async (_how, end) => {
    const semaphore = new Semaphore(1);
    const release = (await semaphore.acquire(newCall())) as Release;
    const abort = new AbortController();
    const waiting = semaphore.acquire(newCall(abort.signal));
    end(abort);
    expect(await waiting).toBeUndefined();
    release();
    expect(await semaphore.acquire(newCall())).toBeTypeOf('function');
  });

  it('gives no place to a call that has ended before', async () => {
    const semaphore = new Semaphore(1);
    await semaphore.acquire(newCall());
    expect(await semaphore.acquire(newCall(AbortSignal.abort()))).toBeUndefined();
  });
});

describe('turns', () => {
  const turnMs = 3000;

  const calls: CallLimit[] = [];
  const newCall = (signal?: AbortSignal): CallLimit => {
    const call = new CallLimit(60_000, signal);
    calls.push(call);
    return call;
  };

  afterEach(() => {
    for (const call of calls.splice(0)) {
      call.release();
    }
  });

  /** A call in its place, whose request is on its way. */
  const holdPlace = async (semaphore: Semaphore, call = newCall()) => {
    const yielded = vi.fn();
    const release = (await semaphore.acquire(call, yielded)) as Release;
    call.interrupt(() => undefined);
    call.noteSent();
    return { yielded, release };
  };

  it('end for the calls that have held their places longest, one for each that waits', async () => {
    const semaphore = new Semaphore(3, turnMs);
    const first = await holdPlace(semaphore);
    const second = await holdPlace(semaphore);
    await semaphore.acquire(newCall());
    const waiting = semaphore.acquire(newCall());
    vi.advanceTimersByTime(turnMs - 1);
    expect(first.yielded).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(first.yielded).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(turnMs);
    expect(second.yielded).not.toHaveBeenCalled();
    first.release();
    expect(await waiting).toBeTypeOf('function');
  });

  it('end at once for a call whose turn is over when another comes', async () => {
    const semaphore = new Semaphore(1, turnMs);
    const held = await holdPlace(semaphore);
    vi.advanceTimersByTime(turnMs + 1);
    expect(held.yielded).not.toHaveBeenCalled();
    const waiting = holdPlace(semaphore);
    expect(held.yielded).toHaveBeenCalledOnce();
    const back = holdPlace(semaphore);
    held.release();
    const next = await waiting;
    vi.advanceTimersByTime(turnMs);
    expect(next.yielded).toHaveBeenCalledOnce();
    next.release();
    (await back).release();
  });

  it('begin when a call is sent, however long it takes to connect', async () => {
    const semaphore = new Semaphore(2, turnMs);
    const connecting = newCall();
    const yielded = vi.fn();
    await semaphore.acquire(connecting, yielded);
    const held = await holdPlace(semaphore);
    void semaphore.acquire(newCall());
    void semaphore.acquire(newCall());
    vi.advanceTimersByTime(turnMs);
    expect(held.yielded).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(2 * turnMs);
    expect(yielded).not.toHaveBeenCalled();
    connecting.noteSent();
    vi.advanceTimersByTime(2 * turnMs);
    expect(yielded).toHaveBeenCalledOnce();
    held.release();
  });

  it('do not end for a call that was given up while it waited', async () => {
    const semaphore = new Semaphore(1, turnMs);
    const held = await holdPlace(semaphore);
    const abort = new AbortController();
    const impatient = newCall(abort.signal);
    const waiting = semaphore.acquire(impatient);
    abort.abort();
    expect(await waiting).toBeUndefined();
    vi.advanceTimersByTime(2 * turnMs);
    expect(held.yielded).not.toHaveBeenCalled();
  });
});
