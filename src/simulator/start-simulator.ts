import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { loadConfig, watchConfig } from './config/load-config.ts';
import { createRecording, readRecording } from './config/recording-file.ts';
import { createControl } from './control/control.ts';
import { addControlRoutes } from './control/routes.ts';
import type { SimulatorControl } from './control/types.ts';
import { createSystemClock, type SimulatorClock } from './core/clock.ts';
import type { SimulatorConfig } from './core/configuration.ts';
import { loadOneTimeCodes } from './core/device.ts';
import { Replay } from './core/exchange.ts';
import type { LogEntry } from './core/request-log.ts';
import { SimulatorState } from './core/state.ts';
import { addPages } from './pages/pages.ts';
import { createCertificate } from './server/certificate.ts';
import { createListener } from './server/listener.ts';

/** Options of `startSimulator`. */
export interface SimulatorOptions {
  /** The port to listen on. 0, the default, selects a free one. */
  readonly port?: number;
  /** The address to bind to. Default 127.0.0.1; another one may expose the simulator to others. */
  readonly host?: string;
  /** The path of a YAML file, which is read again when it changes, or an object. */
  readonly config?: string | SimulatorConfig;
  /** The system clock by default; `createManualClock()` for one that only `advance` moves. */
  readonly clock?: SimulatorClock;
  /** A file to record signed exchanges in, one JSON object a line. */
  readonly record?: string;
  /** The file of a recording to respond from. Signatures are still checked. */
  readonly replay?: string;
  /** Called after every request to the API. */
  readonly onRequest?: (entry: LogEntry) => void;
  /** Called when a changed file was applied, or with the error when it was not. */
  readonly onReload?: (error: Error | undefined) => void;
}

/** A running simulator. */
export interface Simulator {
  /** `https://localhost:8443` */
  readonly url: string;
  /** `localhost:8443`: the host name for clients. */
  readonly hostname: string;
  /** Integration key of the first integration. */
  readonly ikey: string;
  /** Secret key of the first integration. */
  readonly skey: string;
  /** PEM file of the certificate authority; deleted on close. */
  readonly caFile: string;
  /** Address of the phone page. It contains the control token: keep it secret. */
  readonly phoneUrl: string;
  /**
   * The phone page with a phone for each of these users, who stay selected whatever arrives for others.
   * It contains the control token, too.
   */
  phoneUrlFor(...usernames: string[]): string;
  /** The token of phone page and control API. */
  readonly controlToken: string;
  /** Whether it listens on the loopback interface only. */
  readonly isLoopback: boolean;
  readonly control: SimulatorControl;
  /** Stops listening, drops requests in flight and deletes the CA file. */
  close(): Promise<void>;
}

const loopback = ['127.0.0.1', '::1', 'localhost'];

/** Every certificate includes `localhost`, which means the loopback addresses. */
const publicName = (host: string): string => {
  if (loopback.includes(host) || host === '0.0.0.0' || host === '::') {
    return 'localhost';
  }
  return host.includes(':') ? `[${host}]` : host;
};

/**
 * Starts a Duo Auth API service over TLS, with made-up keys and users.
 *
 * @example
 * const simulator = await startSimulator();
 * // … point a client at simulator.hostname with simulator.ikey, simulator.skey, simulator.caFile
 * await simulator.close();
 *
 * @throws SimulatorConfigError when the configuration is invalid, with every fault, or when a
 *   recording cannot be read or written.
 * @throws Error of Node's, such as EADDRINUSE, when it cannot listen.
 */
export const startSimulator = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const { port = 0, host = '127.0.0.1', clock = createSystemClock() } = options;
  const config = await loadConfig(options.config);
  const state = new SimulatorState(config, clock, await loadOneTimeCodes());
  if (options.replay !== undefined) {
    state.replay = new Replay(await readRecording(options.replay));
  }
  const recording =
    options.record === undefined ? undefined : await createRecording(options.record);
  const certificate = await createCertificate([host, ...config.settings.certificateNames]);
  const app = await createListener({
    state,
    key: certificate.key,
    cert: certificate.cert,
    listeners: {
      onRequest: options.onRequest ?? (() => {}),
      onExchange: (exchange) => recording?.write(exchange),
    },
  });
  const controlToken = randomBytes(24).toString('base64url');
  const control = createControl(state);
  addControlRoutes(app, { state, control, token: controlToken });
  addPages(app, state);
  try {
    await app.listen({ port, host });
  } catch (error) {
    await recording?.close();
    await certificate.remove();
    throw error;
  }
  const stopWatching =
    typeof options.config === 'string'
      ? watchConfig(options.config, {
          onConfig: (changed) => {
            state.reload(changed);
            options.onReload?.(undefined);
          },
          onError: (error) => options.onReload?.(error),
        })
      : () => {};
  const { port: boundPort } = app.server.address() as AddressInfo;
  state.authority = `${publicName(host)}:${boundPort}`;
  const [integration] = config.integrations;
  const phoneUrl = `https://${state.authority}/phone#token=${controlToken}`;
  return {
    url: `https://${state.authority}`,
    hostname: state.authority,
    ikey: integration?.ikey ?? '',
    skey: integration?.skey ?? '',
    caFile: certificate.caFile,
    phoneUrl,
    phoneUrlFor: (...usernames) =>
      [phoneUrl, ...usernames.map((name) => `user=${encodeURIComponent(name)}`)].join('&'),
    controlToken,
    isLoopback: loopback.includes(host),
    control,
    async close() {
      stopWatching();
      await app.close();
      await recording?.close();
      clock.stop();
      await certificate.remove();
    },
  };
};
