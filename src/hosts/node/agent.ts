import { type ClientRequest, type RequestOptions, request as requestHttp } from 'node:http';
import { Agent, request as requestHttps } from 'node:https';
import { isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import type { ConnectionSettings, LoadedSettings } from '../../duo/connection-settings.ts';
import {
  findProxy,
  type HttpProxy,
  type ProxyFailure,
  proxyRefused,
  proxySpoke,
  proxyUnreachable,
} from './proxy.ts';
import { checkPins, createTlsSettings, type TlsSettings } from './tls.ts';

type OnSocket = (error: Error | null, socket: Duplex) => void;

/** A request's options, with what ends the tunnel that is opened for it. */
export interface DuoRequestOptions extends RequestOptions {
  /** Node's agents do not learn of it when a request is given up. */
  readonly tunnelSignal?: AbortSignal | undefined;
}

const secured = new WeakSet<object>();
const peers = new WeakMap<object, DetailedPeerCertificate>();

/** Did the connection pass all checks of TLS? Before that, nothing has left on it. */
export const isSecured = (socket: object): boolean => secured.has(socket);

/** The certificate that a server showed, valid or not; `undefined` when it came to none. */
export const peerOf = (socket: object): DetailedPeerCertificate | undefined => peers.get(socket);

const watchHandshake = (socket: TLSSocket): TLSSocket => {
  // A connection that is refused forgets the certificate, so it is read before it is judged.
  socket.prependOnceListener('secure', () => {
    peers.set(socket, socket.getPeerCertificate(true));
  });
  return socket.once('secureConnect', () => {
    secured.add(socket);
  });
};

const codeOf = ({ code }: NodeJS.ErrnoException): string => code ?? 'UNKNOWN';

/** What the answer to CONNECT means: nothing, if the tunnel is open. */
const judgeTunnel = (status: number, first: Buffer): ProxyFailure | undefined => {
  if (status < 200 || status > 299) {
    return proxyRefused(status);
  }
  return first.length > 0 ? proxySpoke() : undefined;
};

/**
 * Have a proxy open a tunnel (CONNECT), over Node's own HTTP client. The proxy's password goes to the
 * proxy alone.
 *
 * @throws {@link ProxyFailure} as a rejection, whatever goes wrong.
 */
const openTunnel = (
  proxy: HttpProxy,
  { host, port, tunnelSignal }: DuoRequestOptions,
  tls: TlsSettings,
): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const authority = `${host}:${port}`;
    const options: RequestOptions = {
      host: proxy.host,
      port: proxy.port,
      method: 'CONNECT',
      path: authority,
      agent: false,
      headers: {
        Host: authority,
        ...(proxy.authorization && { 'Proxy-Authorization': proxy.authorization }),
      },
      ...(tunnelSignal && { signal: tunnelSignal }),
    };
    const servername = isIP(proxy.host) === 0 ? { servername: proxy.host } : {};
    const request = proxy.isTls
      ? requestHttps({ ...options, ...tls, ...servername })
      : requestHttp(options);
    request.once('connect', ({ statusCode = 0 }, socket: Socket, first: Buffer) => {
      const failure = judgeTunnel(statusCode, first);
      if (failure === undefined) {
        resolve(socket);
      } else {
        socket.destroy();
        reject(failure);
      }
    });
    request.once('error', (error) => reject(proxyUnreachable(codeOf(error))));
    request.end();
  });

// What Duo's load balancers, and most others, allow at the least.
const defaultIdleMs = 4_000;

// A firewall on the way may forget a connection without a word, long before the server does.
const longestIdleMs = 55_000;

const timeoutHint = /(?:^|[\s,;])timeout=(\d{1,9})/i;

/**
 * How long a connection may be idle and still be used: a second less than `Keep-Alive: timeout` says,
 * since a request that crosses the server's end of the connection may be lost or acted on.
 */
export const idleMsOf = (keepAlive: string | undefined): number => {
  const seconds = timeoutHint.exec(keepAlive ?? '')?.[1];
  return seconds === undefined
    ? defaultIdleMs
    : Math.min(Number(seconds) * 1000 - 1000, longestIdleMs);
};

/** No request is under way, so whatever comes would be taken for the response to the next one. */
function endUnasked(this: Socket): void {
  this.destroy();
}

// As many as there are ordinary requests at a time.
const maxIdleConnections = 64;

/** Connections to Duo over TLS, kept alive, straight or through a proxy's tunnel. */
export class DuoAgent extends Agent {
  readonly #tls: TlsSettings;
  readonly #proxy: HttpProxy | undefined;
  readonly #idleMs = new WeakMap<object, number>();
  #isClosed = false;

  constructor(settings: ConnectionSettings, tls: TlsSettings, proxy?: HttpProxy) {
    const { pinnedKeys } = settings;
    super({
      keepAlive: true,
      maxFreeSockets: maxIdleConnections,
      ...tls,
      ...(pinnedKeys.length > 0 && { checkServerIdentity: checkPins(pinnedKeys) }),
    });
    this.#tls = tls;
    this.#proxy = proxy;
  }

  /** Do its connections go through a proxy? */
  get isTunneled(): boolean {
    return this.#proxy !== undefined;
  }

  /** Is an idle connection kept? */
  get hasIdle(): boolean {
    return Object.keys(this.freeSockets).length > 0;
  }

  /** Take note of how long the server keeps a connection that is idle. */
  noteKeepAlive(socket: object, keepAlive: string | undefined): void {
    this.#idleMs.set(socket, idleMsOf(keepAlive));
  }

  override createConnection(options: DuoRequestOptions, onSocket: OnSocket): Duplex | undefined {
    const connect = (more: object) =>
      watchHandshake(super.createConnection({ ...options, ...more }) as TLSSocket);
    if (this.#proxy === undefined) {
      return connect({});
    }
    openTunnel(this.#proxy, options, this.#tls).then(
      (socket) => onSocket(null, connect({ socket })),
      // Node reads the error alone; its type wants a socket all the same.
      (failure: Error) => onSocket(failure, undefined as unknown as Duplex),
    );
    return undefined;
  }

  /** Node asks this when a response has been read: may the connection be kept? */
  override keepSocketAlive(socket: Socket): boolean {
    const idleMs = this.#idleMs.get(socket) ?? 0;
    if (this.#isClosed || idleMs <= 0) {
      return false;
    }
    socket.setKeepAlive(true, 1_000);
    // Node's agent destroys an idle connection whose time is over.
    socket.setTimeout(idleMs);
    socket.on('data', endUnasked);
    socket.unref();
    return true;
  }

  override reuseSocket(socket: Socket, request: ClientRequest): void {
    socket.off('data', endUnasked);
    socket.setTimeout(0);
    super.reuseSocket(socket, request);
  }

  /** End the idle connections: one that went dead without a word is not the only one. */
  endIdle(): void {
    for (const socket of Object.values(this.freeSockets).flat()) {
      socket?.destroy();
    }
  }

  /** End the idle connections now, and each other one with its request. */
  close(): void {
    this.#isClosed = true;
    this.endIdle();
  }
}

/** The agents of an instance: one for each proxy, and one for the direct way. */
export interface Agents {
  /** @throws {@link BadParameterError} when the system's proxy settings cannot be used. */
  readonly agentFor: (url: string) => DuoAgent;
  /** End the idle connections; later ones are kept again. */
  readonly endIdle: () => void;
  /** End the idle connections, and keep none from now on. */
  readonly close: () => void;
}

/** @throws {@link BadParameterError} when a file that the settings name cannot be used. */
export const createAgents = (loaded: LoadedSettings): Agents => {
  const { settings } = loaded;
  const tls = createTlsSettings(loaded);
  const agents = new Map<string, DuoAgent>();
  let isClosed = false;
  return {
    agentFor: (url) => {
      const proxy = settings.proxy ? findProxy(url) : undefined;
      const key = proxy === undefined ? '' : JSON.stringify(proxy);
      let agent = agents.get(key);
      if (agent === undefined) {
        agent = new DuoAgent(settings, tls, proxy);
        agents.set(key, agent);
        if (isClosed) {
          agent.close();
        }
      }
      return agent;
    },
    endIdle: () => {
      for (const agent of agents.values()) {
        agent.endIdle();
      }
    },
    close: () => {
      isClosed = true;
      for (const agent of agents.values()) {
        agent.close();
      }
    },
  };
};
