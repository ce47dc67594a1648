import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createSystemClock } from './clock.ts';
import { loadConfig } from './config/load-config.ts';
import { watchConfig } from './config/watch-config.ts';
import { addControlRoutes } from './control/control-routes.ts';
import { createControl } from './control/create-control.ts';
import { loadOneTimeCodes } from './directory/one-time-codes.ts';
import { addEnrolmentRoutes } from './pages/enrollment-routes.ts';
import { addPhoneRoutes } from './phone/phone-routes.ts';
import { createCertificate } from './server/certificate.ts';
import { createListener } from './server/listener.ts';
import { SimulatorState } from './state.ts';
import type { Simulator, SimulatorOptions } from './types.ts';

const loopback = ['127.0.0.1', '::1', 'localhost'];

/** A loopback address goes by `localhost`, which is in every certificate. */
const publicName = (host: string): string => {
  if (loopback.includes(host) || host === '0.0.0.0' || host === '::') {
    return 'localhost';
  }
  return host.includes(':') ? `[${host}]` : host;
};

/**
 * Starts a Duo Auth API service on this machine, over TLS, with made-up keys and users.
 *
 * @example
 * const simulator = await startSimulator();
 * // … point a client at simulator.hostname with simulator.ikey, simulator.skey, simulator.caFile
 * await simulator.close();
 *
 * @throws SimulatorConfigError when the configuration is at fault, with every fault at once.
 * @throws MissingPackageError when a package of the simulator's is not installed.
 */
export const startSimulator = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const { port = 0, host = '127.0.0.1', clock = createSystemClock() } = options;
  const config = await loadConfig(options.config);
  const state = new SimulatorState(config, clock, await loadOneTimeCodes());
  const certificate = await createCertificate([host]);
  const app = await createListener({
    state,
    key: certificate.key,
    cert: certificate.cert,
    onRequest: options.onRequest ?? (() => {}),
  });
  const controlToken = randomBytes(24).toString('base64url');
  const control = createControl(state);
  addControlRoutes(app, { state, control, token: controlToken });
  addEnrolmentRoutes(app, state);
  addPhoneRoutes(app);
  try {
    await app.listen({ port, host });
  } catch (error) {
    await certificate.remove();
    throw error;
  }
  const stopWatching =
    typeof options.config === 'string'
      ? watchConfig(options.config, state, options.onReload ?? (() => {}))
      : () => {};
  const { port: boundPort } = app.server.address() as AddressInfo;
  state.authority = `${publicName(host)}:${boundPort}`;
  const [integration] = config.integrations;
  return {
    url: `https://${state.authority}`,
    hostname: state.authority,
    ikey: integration?.ikey ?? '',
    skey: integration?.skey ?? '',
    caFile: certificate.caFile,
    phoneUrl: `https://${state.authority}/phone#token=${controlToken}`,
    controlToken,
    isLoopback: loopback.includes(host),
    control,
    async close() {
      stopWatching();
      await app.close();
      clock.stop();
      await certificate.remove();
    },
  };
};
