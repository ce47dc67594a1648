import { setInterval } from 'node:timers';
import type { TLSSocket } from 'node:tls';
import type { Play } from '../../hosts/node/fault-server.ts';

/** A fault, what the caller sees of it, and how often a request goes out because of it. */
export interface FaultRow {
  readonly what: string;
  readonly play: Play;
  /** Fields of the error; `undefined` where the reply is as good as any. */
  readonly sees: Readonly<Record<string, unknown>> | undefined;
  /** How often a harmless request is sent. A push goes out once, unless `pushes` says otherwise. */
  readonly reads: number;
  readonly pushes?: number;
}

export const unreadable = (reason: string | RegExp) => ({
  code: 'unreadable_reply',
  ...(typeof reason === 'string' && { reason }),
});
export const notJson = unreadable('it is not JSON');
export const brokenHttp = unreadable(/HPE_/);
export const reset = { code: 'network', kind: 'reset', sent: 'unknown' };
export const timeout = { code: 'network', kind: 'timeout', sent: 'unknown' };
export const tooLarge = unreadable('it is larger than a response of Duo can be');

export const say =
  (bytes: string | Buffer): Play =>
  (socket) =>
    void socket.write(bytes);
export const sayAndEnd =
  (bytes: string | Buffer): Play =>
  (socket) =>
    void socket.end(bytes);

/** Write something again and again until the client has had enough. */
export const drip = (socket: TLSSocket, everyMs: number, text: string) => {
  const timer = setInterval(() => socket.write(text), everyMs);
  socket.on('close', () => clearInterval(timer));
};

export const row = (
  what: string,
  play: Play,
  sees: FaultRow['sees'],
  counts: { reads?: number; pushes?: number } = {},
): FaultRow => ({ what, play, sees, reads: 1, ...counts });
