import { randomBytes } from 'node:crypto';
import { compareWithDuo, createDuoClock, withClockCorrection } from '../../duo/clock.ts';
import type { Plan } from '../../duo/plan.ts';
import { type RetryOptions, withRetry } from '../../duo/retry.ts';
import type { LoadedParams } from '../../integration/params.ts';
import { timeoutMsOf } from '../../integration/timeout-ms.ts';
import { type CallOptions, drive } from './drive.ts';
import { silentLogger } from './logger.ts';
import { createTransport, type TransportOptions } from './transport.ts';

/** Runs an instance's plans, and knows what looks wrong about it. */
export interface Runner {
  readonly run: <T>(plan: Plan<T>, call?: CallOptions) => Promise<T>;
  /** A sentence each; one more when the clock turns out to be wrong. */
  readonly warnings: readonly string[];
}

/**
 * What stands behind an instance in Node: a transport, and plans that are run on Duo's time and
 * repeated where that does no harm.
 *
 * @throws {@link BadParameterError} when a file that the settings name cannot be used.
 */
export const createRunner = (loaded: LoadedParams, options: TransportOptions = {}): Runner => {
  const { logger = silentLogger } = options;
  const { settings } = loaded;
  const transport = createTransport(settings, options);

  const warnings: string[] = [];
  const warn = (sentence: string): void => {
    warnings.push(sentence);
    logger.warn(`duo: ${sentence}`);
  };
  for (const { name, rule } of loaded.warnings) {
    warn(`${name} ${rule}.`);
  }
  const clock = createDuoClock((offset) =>
    warn(`This machine's clock is ${compareWithDuo(offset)}; requests are dated by Duo's.`),
  );

  // Requests of several instances end up in one log.
  const prefix = randomBytes(3).toString('hex');
  let requests = 0;
  const patience: RetryOptions = {
    random: Math.random,
    elapsedMs: () => performance.now(),
    timeoutMsOf: (request) => timeoutMsOf(request, settings),
    nextId: () => {
      requests += 1;
      return `${prefix}-${requests}`;
    },
    onRepeat: ({ request, why, waitSeconds }) => {
      const { id = '', endpoint, attempt = 1 } = request;
      const milliseconds = Math.round(waitSeconds * 1000);
      logger.warn('duo: will send again', { requestId: id, endpoint, attempt, why, milliseconds });
    },
  };

  return {
    warnings,
    run: (plan, call) =>
      drive(withRetry(withClockCorrection(plan, clock), patience), transport, call),
  };
};
