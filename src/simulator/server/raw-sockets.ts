import type { Server, Socket } from 'node:net';

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
