import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { createCertificate } from '../src/simulator/server/certificate.ts';

/** A TLS server on a free loopback port, gone when the test is. */
export interface TlsServer {
  /** `localhost:PORT` */
  readonly hostname: string;
  readonly port: number;
  readonly caFile: string;
}

/** Start a TLS server that answers as the listener does. Its certificate is for localhost and 127.0.0.1. */
export const startTlsServer = async (
  listener: RequestListener,
  address = '127.0.0.1',
): Promise<TlsServer> => {
  const certificate = await createCertificate([]);
  const { key, cert, caFile } = certificate;
  const server = createServer({ key, cert }, (request, response) => {
    // As Duo has it; a test may set another.
    response.setHeader('Content-Type', 'application/json');
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await certificate.remove();
  });
  const { port } = server.address() as AddressInfo;
  return { hostname: `localhost:${port}`, port, caFile };
};
