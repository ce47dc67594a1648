import type { IncomingMessage, ServerResponse } from 'node:http';
import { handle } from '../protocol/handle.ts';
import { splitTarget, type WireRequest } from '../protocol/request.ts';
import type { Trace } from '../protocol/trace.ts';
import type { LogEntry } from '../request-log.ts';
import type { SimulatorState } from '../state.ts';
import type { RawSockets } from './raw-sockets.ts';
import { sendReply } from './send-reply.ts';
import { settle } from './settle.ts';

const longestLoggedPath = 128;

/** A path may hold whatever bytes a client sent, and the log is shown on terminals. */
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

/** A signal that fires when the client hangs up before it has its answer. */
const whenGone = (response: ServerResponse): AbortSignal => {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) {
      controller.abort();
    }
  });
  return controller.signal;
};

/** Answers requests to the API and writes each into the log. */
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
    const settled = await settle(outcome, state.clock, whenGone(response));
    const finish = (status: number, text: string) =>
      record(request, trace, startedMs, { status, outcome: text });
    if (!settled) {
      finish(0, 'client went away');
      return;
    }
    switch (settled.kind) {
      case 'reply':
        finish(settled.reply.status, settled.reply.outcome);
        sendReply(response, settled.reply);
        return;
      case 'reset':
        finish(0, 'reset');
        sockets.reset(message.socket);
        return;
      case 'hang':
        finish(0, 'hang');
        return;
      default:
        settled satisfies never;
    }
  };
};
