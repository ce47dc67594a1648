import type { AddressInfo, Socket } from 'node:net';
import { createServer, type TLSSocket, type TlsOptions } from 'node:tls';
import { createCertificate } from '../../../src/simulator/server/certificate.ts';

/** What a fault does once a whole request has come in. `reset` ends the connection below TLS. */
export type Play = (socket: TLSSocket, request: string, reset: () => void) => void;

/** A server that answers each request with the bytes that a test chooses. */
export interface FaultServer {
  /** `localhost:PORT` */
  readonly hostname: string;
  readonly caFile: string;
  /** The request lines that came in, in order. */
  readonly requests: string[];
  /** How many connections are open. */
  readonly open: () => number;
  readonly close: () => Promise<void>;
}

/** Where the first whole request in the text ends; `undefined` while it has not come. */
const endOfRequest = (text: string): number | undefined => {
  const head = text.indexOf('\r\n\r\n');
  if (head === -1) {
    return undefined;
  }
  const length = /^content-length: (\d+)/im.exec(text.slice(0, head));
  const end = head + 4 + Number(length?.[1] ?? 0);
  return text.length >= end ? end : undefined;
};

/** Start a server on a free loopback port that plays one fault for every request. */
export const startFaultServer = async (
  play: Play,
  tls: TlsOptions = {},
  address = '127.0.0.1',
): Promise<FaultServer> => {
  const certificate = await createCertificate([]);
  const requests: string[] = [];
  const sockets = new Set<TLSSocket>();
  const below = new Map<number | undefined, Socket>();
  const server = createServer(
    { key: certificate.key, cert: certificate.cert, ...tls },
    (socket) => {
      let text = '';
      const port = socket.remotePort;
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      // A client that gives up resets the connection, which is no fault of the server's.
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        text += chunk.toString('latin1');
        for (let end = endOfRequest(text); end !== undefined; end = endOfRequest(text)) {
          const request = text.slice(0, end);
          text = text.slice(end);
          requests.push(request.slice(0, request.indexOf('\r\n')));
          play(socket, request, () => below.get(port)?.resetAndDestroy());
        }
      });
    },
  );
  server.on('connection', (socket) => {
    below.set(socket.remotePort, socket);
    // What is written is on its way at once, and not when the client has acknowledged the last bytes.
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  return {
    hostname: `localhost:${(server.address() as AddressInfo).port}`,
    caFile: certificate.caFile,
    requests,
    open: () => sockets.size,
    close: async () => {
      for (const socket of sockets) {
        socket.destroy();
      }
      server.close();
      await certificate.remove();
    },
  };
};

/** A response in bytes, its length right unless a header says otherwise. */
export const rawReply = (
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
  statusLine = 'HTTP/1.1 200 OK',
): Buffer => {
  const all = {
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(body)),
    ...headers,
  };
  const head = Object.entries(all)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${statusLine}\r\n${head.join('')}\r\n`), Buffer.from(body)]);
};

/** Duo lets the user in: what none of the faults may be taken for. */
export const allowBody = JSON.stringify({
  stat: 'OK',
  response: { result: 'allow', status: 'allow', status_msg: 'Success.', txid: 't-1', time: 1 },
});
