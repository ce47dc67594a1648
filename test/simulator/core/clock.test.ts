import { describe, expect, it, vi } from 'vitest';
import { createManualClock, createSystemClock } from '../../../src/simulator/index.ts';

describe('the manual clock', () => {
  it('runs what falls due in the order of its time', () => {
    const clock = createManualClock(0);
    const seen: string[] = [];
    clock.at(2000, () => seen.push(`second at ${clock.now()}`));
    clock.at(1000, () => {
      seen.push(`first at ${clock.now()}`);
      clock.at(1500, () => seen.push(`nested at ${clock.now()}`));
    });
    clock.at(9000, () => seen.push('never'));
    clock.advance(2);
    expect(seen).toEqual(['first at 1000', 'nested at 1500', 'second at 2000']);
    expect(clock.now()).toBe(2000);
  });

  it('forgets what is called off', () => {
    const clock = createManualClock(0);
    const task = vi.fn();
    const cancel = clock.at(1000, task);
    cancel();
    cancel();
    clock.at(1000, task);
    clock.stop();
    clock.advance(10);
    expect(task).not.toHaveBeenCalled();
  });
});

describe('the system clock', () => {
  it('fires by itself', async () => {
    const clock = createSystemClock();
    await new Promise<void>((resolve) => {
      const keepAlive = setTimeout(resolve, 5000);
      clock.at(clock.now() + 10, () => {
        clearTimeout(keepAlive);
        resolve();
      });
    });
    clock.stop();
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(100);
  });

  it('can be moved on', () => {
    const clock = createSystemClock();
    const task = vi.fn();
    clock.at(clock.now() + 3_600_000, task);
    clock.at(clock.now() + 7_200_000, task);
    clock.advance(3600);
    expect(task).toHaveBeenCalledTimes(1);
    expect(clock.now() - Date.now()).toBeGreaterThanOrEqual(3_599_000);
    clock.stop();
  });
});
