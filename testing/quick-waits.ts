import { afterEach, beforeEach, vi } from 'vitest';

const realMs = 5;
const passedMs = 100;

/**
 * In the tests of this file timers run twenty times as fast, so that the waits before retries pass
 * quickly, while requests, their time-outs and the order of both stay real.
 */
export const useQuickWaits = (): void => {
  let ticking: NodeJS.Timeout;
  beforeEach(() => {
    ticking = setInterval(() => vi.advanceTimersByTime(passedMs), realMs);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    clearInterval(ticking);
    vi.useRealTimers();
  });
};
