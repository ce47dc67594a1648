import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AuditEntry, alarmOf } from './audit-log.ts';

/** Counters for Prometheus. */
export interface Metrics {
  readonly contentType: string;
  /** Every audit entry is counted by event, factor and result. */
  observe(entry: AuditEntry): void;
  observeDuo(call: string, outcome: 'ok' | 'outage' | 'refused', seconds: number): void;
  /** @returns Prometheus' text format. */
  render(): Promise<string>;
}

/** @param waiting gives the number of pushes and calls that are pending. */
export const createMetrics = async (waiting: () => number): Promise<Metrics> => {
  const { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } = await import(
    'prom-client'
  );
  const register = new Registry();
  collectDefaultMetrics({ register });
  const steps = new Counter({
    name: 'xsoar_duo_login_steps_total',
    help: 'Steps of logins, by event, factor and result.',
    labelNames: ['event', 'factor', 'result'],
    registers: [register],
  });
  const alarms = new Counter({
    name: 'xsoar_duo_login_alarms_total',
    help: 'What an administrator should look at: fraud, failmode and its limit, too many requests.',
    labelNames: ['alarm'],
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
    observe: (entry) => {
      const { event, factor = 'none', result } = entry;
      steps.inc({ event, factor, result });
      const alarm = alarmOf(entry);
      if (alarm !== undefined) {
        alarms.inc({ alarm });
      }
    },
    observeDuo: (call, outcome, seconds) => duo.observe({ call, outcome }, seconds),
    render: () => register.metrics(),
  };
};

/**
 * Serve `/metrics` on an address of its own, apart from what browsers reach.
 *
 * @returns how to stop.
 */
export const startMetricsServer = async (
  metrics: Metrics,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<() => Promise<void>> => {
  const server = createServer((request, response) => {
    if (request.url?.split('?', 1)[0] !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    metrics.render().then(
      (text) => response.writeHead(200, { 'Content-Type': metrics.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.listen(port, host);
  await once(server, 'listening');
  return async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
};
