import type { ServerResponse } from 'node:http';
import type { Reply } from '../protocol/reply.ts';

/** Writes a reply out; of a truncated one half, after which the connection is cut. */
export function sendReply(response: ServerResponse, reply: Reply): void {
  const { status, headers, body, cutAtByte } = reply;
  response.writeHead(status, { ...headers, 'content-length': String(body.length) });
  if (cutAtByte === undefined) {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, cutAtByte), () => response.destroy());
}

/** Resets the connection: the client sees ECONNRESET, not an orderly end. */
export function resetConnection(response: ServerResponse): void {
  const socket = response.socket;
  if (!socket) return;
  // A TLS socket has no reset of its own; what it wraps has.
  socket.resetAndDestroy();
}
