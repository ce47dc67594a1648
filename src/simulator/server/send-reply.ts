import type { ServerResponse } from 'node:http';
import type { Reply } from '../protocol/reply.ts';

/** Writes a reply out; of a truncated one half, after which the connection is cut. */
export const sendReply = (response: ServerResponse, reply: Reply): void => {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, headers, body, cutAtByte } = reply;
  response.writeHead(status, { ...headers, 'content-length': String(body.length) });
  if (cutAtByte === undefined) {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, cutAtByte), () => response.destroy());
};
