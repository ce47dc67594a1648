import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server, Socket } from 'node:net';
import { handle } from '../api/handle.ts';
import { splitTarget, type WireRequest } from '../api/request.ts';
import type { Outcome, WireResponse } from '../api/response.ts';
import type { SimulatorClock } from '../core/clock.ts';
import type { LogEntry, Trace } from '../core/request-log.ts';
import type { SimulatorState } from '../core/state.ts';

type Peer = Pick<Socket, 'remoteAddress' | 'remotePort'>;

const nameOf = ({ remoteAddress, remotePort }: Peer): string => `${remoteAddress} ${remotePort}`;

/**
 * The TCP sockets below a TLS server's connections. A TLS socket always ends in order; only the TCP
 * socket below it can be reset.
 */
export class RawSockets {
  readonly #byPeer = new Map<string, Socket>();

  watch(server: Server): void {
    server.on('connection', (socket) => {
      const name = nameOf(socket);
      this.#byPeer.set(name, socket);
      socket.once('close', () => this.#byPeer.delete(name));
    });
  }

  /** Resets the connection that a TLS socket runs over. */
  reset(socket: Socket): void {
    this.#byPeer.get(nameOf(socket))?.resetAndDestroy();
    socket.destroy();
  }
}

/** Sends a response; a truncated one ends with the connection. */
export const sendResponse = (response: ServerResponse, wire: WireResponse): void => {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, headers, body, cutAtByte } = wire;
  response.writeHead(status, { ...headers, 'content-length': String(body.length) });
  if (cutAtByte === undefined) {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, cutAtByte), () => response.destroy());
};

type Held = Extract<Outcome, { kind: 'hold' }>;
type Settled = Exclude<Outcome, { kind: 'hold' }>;

/** Resolves when a held outcome can continue, or when its client disconnects. */
const waitFor = (held: Held, clock: SimulatorClock, signal: AbortSignal): Promise<void> => {
  return new Promise((resolve) => {
    const stops: (() => void)[] = [];
    const wake = () => {
      for (const stop of stops) {
        stop();
      }
      signal.removeEventListener('abort', wake);
      resolve();
    };
    if (held.transaction) {
      stops.push(held.transaction.listen(wake));
    }
    if (held.untilMs !== undefined) {
      stops.push(clock.at(held.untilMs, wake));
    }
    signal.addEventListener('abort', wake, { once: true });
  });
};

/** Waits out the holds of an outcome; `undefined` when the client disconnects first. */
const settle = async (
  outcome: Outcome,
  clock: SimulatorClock,
  signal: AbortSignal,
): Promise<Settled | undefined> => {
  let current = outcome;
  while (current.kind === 'hold') {
    if (signal.aborted) {
      return undefined;
    }
    await waitFor(current, clock, signal);
    if (signal.aborted) {
      return undefined;
    }
    current = current.resume();
  }
  return current;
};

const longestLoggedPath = 128;

/** The log is shown on terminals, and a path may contain any bytes. */
const printable = (path: string): string =>
  path.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, longestLoggedPath);

const single = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(', ') : value;

const toWireRequest = (message: IncomingMessage, body: Buffer): WireRequest => {
  const headers = Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [name, single(value)]),
  );
  return { method: message.method ?? '', ...splitTarget(message.url ?? '/'), headers, body };
};

/** A signal that fires when the client disconnects before the response. */
const abortedByClient = (response: ServerResponse): AbortSignal => {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) {
      controller.abort();
    }
  });
  return controller.signal;
};

/** Handles requests to the API and logs each. */
export const createApiHandler = (
  state: SimulatorState,
  sockets: RawSockets,
  onRequest: (entry: LogEntry) => void,
) => {
  const record = (
    request: WireRequest,
    trace: Trace,
    startedMs: number,
    end: { status: number; outcome: string },
  ): void => {
    const entry = state.log.add(
      {
        time: new Date(startedMs).toISOString(),
        method: request.method,
        path: printable(request.path),
        ...trace,
        ...end,
        durationMs: state.now() - startedMs,
      },
      state.settings.maxLogEntries,
    );
    state.emit('log');
    onRequest(entry);
  };

  return async (message: IncomingMessage, response: ServerResponse, body: Buffer) => {
    const startedMs = state.now();
    const request = toWireRequest(message, body);
    const { outcome, trace } = handle(request, state);
    const settled = await settle(outcome, state.clock, abortedByClient(response));
    const finish = (status: number, text: string) =>
      record(request, trace, startedMs, { status, outcome: text });
    if (!settled) {
      finish(0, 'client disconnected');
      return;
    }
    switch (settled.kind) {
      case 'response':
        finish(settled.response.status, settled.response.outcome);
        sendResponse(response, settled.response);
        return;
      case 'reset':
        finish(0, 'reset');
        sockets.reset(message.socket);
        return;
      case 'hang':
        finish(0, 'hang');
        return;
    }
  };
};
