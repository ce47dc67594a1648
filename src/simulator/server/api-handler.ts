import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { handle } from '../api/handle.ts';
import { recordExchange, splitTarget } from '../api/request.ts';
import type { Outcome } from '../api/response.ts';
import type { SimulatorClock } from '../core/clock.ts';
import type { RecordedExchange, WireRequest, WireResponse } from '../core/exchange.ts';
import type { LogEntry } from '../core/request-log.ts';
import type { SimulatorState } from '../core/state.ts';

/** Sends a response; a truncated one ends with the connection. */
export const sendResponse = (response: ServerResponse, wire: WireResponse): void => {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, headers, body, isTruncated = false } = wire;
  response.writeHead(status, { ...headers, 'content-length': String(body.length) });
  if (!isTruncated) {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
};

const parseJson = (text: string): Record<string, unknown> | undefined => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Encodes a JSON response as BSON. A body that a fault made unreadable stays as it is. */
const toBson = async (response: WireResponse): Promise<WireResponse> => {
  const envelope = parseJson(response.body.toString());
  if (!envelope) {
    return response;
  }
  const { serialize } = await import('bson');
  return {
    ...response,
    headers: { ...response.headers, 'content-type': 'application/bson' },
    body: Buffer.from(serialize(envelope)),
  };
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

/** Who is informed about requests. */
export interface RequestListeners {
  /** Called after every request to the API. */
  readonly onRequest: (entry: LogEntry) => void;
  /** Called with every response to a signed request. */
  readonly onExchange: (exchange: RecordedExchange) => void;
}

/**
 * Handles requests to the API and logs each, on arrival and at its end.
 *
 * @param reset resets the connection that a TLS socket runs over.
 */
export const createApiHandler = (
  state: SimulatorState,
  reset: (socket: Socket) => void,
  { onRequest, onExchange }: RequestListeners,
) => {
  const finish = (
    opened: LogEntry,
    startedMs: number,
    end: { status: number; outcome: string },
    response?: WireResponse,
  ) => {
    const entry = state.log.close(
      opened,
      { ...end, durationMs: state.now() - startedMs },
      response,
    );
    state.emit('log');
    onRequest(entry);
  };

  return async (message: IncomingMessage, response: ServerResponse, body: Buffer) => {
    const startedMs = state.now();
    const request = toWireRequest(message, body);
    const { outcome, trace } = handle(request, state);
    const opened = state.log.open(
      {
        time: new Date(startedMs).toISOString(),
        method: request.method,
        path: printable(request.path),
        ...trace,
      },
      request,
      state.settings.maxLogEntries,
    );
    state.emit('log');
    const settled = await settle(outcome, state.clock, abortedByClient(response));
    if (!settled) {
      finish(opened, startedMs, { status: 0, outcome: 'client disconnected' });
      return;
    }
    switch (settled.kind) {
      case 'response': {
        const { response: wire } = settled;
        finish(opened, startedMs, wire, wire);
        if (trace.signature) {
          onExchange(recordExchange(request, wire));
        }
        sendResponse(response, wire.isBson ? await toBson(wire) : wire);
        return;
      }
      case 'reset':
        finish(opened, startedMs, { status: 0, outcome: 'reset' });
        reset(message.socket);
        return;
      case 'hang':
        finish(opened, startedMs, { status: 0, outcome: 'hang' });
        return;
    }
  };
};
