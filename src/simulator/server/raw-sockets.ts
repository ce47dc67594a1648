import type { Server, Socket } from 'node:net';

type Peer = Pick<Socket, 'remoteAddress' | 'remotePort'>;

const nameOf = ({ remoteAddress, remotePort }: Peer): string => `${remoteAddress} ${remotePort}`;

/**
 * The TCP sockets below a TLS server's connections. Only they can be reset: a TLS socket ends in
 * order, which a client does not take for a broken line.
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
