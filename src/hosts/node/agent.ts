import { AsyncLocalStorage } from 'node:async_hooks';
import { Agent, type RequestOptions } from 'node:https';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import type { DetailedPeerCertificate, SecureContext, TLSSocket } from 'node:tls';
import type { ConnectionSettings } from '../../duo/connection-settings.ts';
import { openTunnel } from './open-tunnel.ts';
import { checkPins } from './pinned-keys.ts';
import type { HttpProxy } from './proxy.ts';

type OnSocket = (error: Error | null, socket: Duplex) => void;

const trusted = new WeakSet<object>();
const peers = new WeakMap<object, DetailedPeerCertificate>();

/** Was this connection ever fit to send something on? Before that, nothing has left. */
export const wasTrusted = (socket: object): boolean => trusted.has(socket);

/** The certificate that a server showed, trusted or not; `undefined` when it came to none. */
export const peerOf = (socket: object): DetailedPeerCertificate | undefined => peers.get(socket);

/**
 * The signal of the call that is being made. Node's agents are not told for whom they connect, and a
 * proxy that does not answer must not hold a call that nobody waits for any more.
 */
export const callSignal = new AsyncLocalStorage<AbortSignal>();

const watch = (socket: TLSSocket): TLSSocket => {
  // A connection that is refused forgets the certificate, so it is looked at before it is judged.
  socket.prependOnceListener('secure', () => {
    peers.set(socket, socket.getPeerCertificate(true));
  });
  return socket.once('secureConnect', () => {
    trusted.add(socket);
  });
};

/** What all connections of an instance have in common. */
export interface AgentOptions {
  readonly settings: ConnectionSettings;
  readonly trust: SecureContext;
  readonly proxy: HttpProxy | undefined;
  /** How many idle connections are kept. */
  readonly keep: number;
}

/** Connections to Duo over TLS, kept alive, straight or through a proxy's tunnel. */
export class DuoAgent extends Agent {
  readonly #options: AgentOptions;

  constructor(options: AgentOptions) {
    const { insecure, pinnedKeys } = options.settings;
    super({
      keepAlive: true,
      maxFreeSockets: options.keep,
      secureContext: options.trust,
      rejectUnauthorized: !insecure,
      ...(pinnedKeys.length > 0 && { checkServerIdentity: checkPins(pinnedKeys) }),
    });
    this.#options = options;
  }

  override createConnection(options: RequestOptions, onSocket: OnSocket): Duplex | undefined {
    const connect = (more: object) =>
      watch(super.createConnection({ ...options, ...more }) as TLSSocket);
    const { proxy } = this.#options;
    if (proxy === undefined) {
      return connect({});
    }
    this.#tunnel(proxy, options).then(
      (socket) => onSocket(null, connect({ socket })),
      // Node reads the error alone; its type wants a socket all the same.
      (failure: Error) => onSocket(failure, undefined as unknown as Duplex),
    );
    return undefined;
  }

  #tunnel(proxy: HttpProxy, { host, port }: RequestOptions) {
    const target = { host: String(host), port: Number(port), signal: callSignal.getStore() };
    return openTunnel(proxy, target, {
      secureContext: this.#options.trust,
      rejectUnauthorized: !this.#options.settings.insecure,
      ...(isIP(proxy.host) === 0 && { servername: proxy.host }),
    });
  }
}
