import { loadOptionalPackage } from '../../optional/load-optional-package.ts';
import type { AuditEntry } from './audit-log.ts';

/** Counters for Prometheus. */
export interface Metrics {
  readonly contentType: string;
  /** Every audit entry is counted by event, factor and result. */
  observe(entry: AuditEntry): void;
  observeDuo(call: string, outcome: 'ok' | 'outage' | 'refused', seconds: number): void;
  /** @returns Prometheus' text format. */
  render(): Promise<string>;
}

/** @param waiting tells how many pushes and calls are pending. */
export const createMetrics = async (waiting: () => number): Promise<Metrics> => {
  const { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } = await loadOptionalPackage(
    'prom-client',
    () => import('prom-client'),
  );
  const register = new Registry();
  collectDefaultMetrics({ register });
  const steps = new Counter({
    name: 'xsoar_duo_login_steps_total',
    help: 'Steps of logins, by event, factor and result.',
    labelNames: ['event', 'factor', 'result'],
    registers: [register],
  });
  const duo = new Histogram({
    name: 'xsoar_duo_login_duo_seconds',
    help: 'Calls to Duo, by call and outcome.',
    labelNames: ['call', 'outcome'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers: [register],
  });
  new Gauge({
    name: 'xsoar_duo_login_waiting',
    help: 'Pushes, calls and messages that this gateway is following.',
    registers: [register],
    collect() {
      this.set(waiting());
    },
  });
  return {
    contentType: register.contentType,
    observe: ({ event, factor = 'none', result }) => steps.inc({ event, factor, result }),
    observeDuo: (call, outcome, seconds) => duo.observe({ call, outcome }, seconds),
    render: () => register.metrics(),
  };
};
