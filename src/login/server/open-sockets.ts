import type { Socket } from 'node:net';
import type { Sessions } from '../sessions.ts';

/** WebSockets that were opened with a session, and end with it. */
export interface OpenSockets {
  /** Without an id the socket stands on something else than a session, and is left alone. */
  add(socket: Socket, sessionId: string | undefined): void;
  close(): void;
}

// After sign-out or the idle limit, a socket is gone within this time.
const checkMs = 10_000;

export const createOpenSockets = (sessions: Sessions): OpenSockets => {
  const open = new Map<Socket, string>();

  const check = async (): Promise<void> => {
    for (const [socket, id] of open) {
      // A store that is away decides nothing; it is asked again.
      if (!(await sessions.isLive(id).catch(() => true))) {
        socket.destroy();
      }
    }
  };

  const timer = setInterval(() => void check(), checkMs);
  timer.unref();
  return {
    add: (socket, sessionId) => {
      if (sessionId !== undefined) {
        open.set(socket, sessionId);
        socket.once('close', () => open.delete(socket));
      }
    },
    close: () => clearInterval(timer),
  };
};
