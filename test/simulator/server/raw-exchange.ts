import { readFileSync } from 'node:fs';
import { connect } from 'node:tls';
import type { Simulator } from '../../../src/simulator/index.ts';

/** Writes bytes over TLS, says that no more will come, and reads until the other side is done. */
export const exchange = (simulator: Simulator, bytes: Uint8Array | string): Promise<string> => {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect({
      port: Number(new URL(simulator.url).port),
      host: '127.0.0.1',
      servername: 'localhost',
      ca: readFileSync(simulator.caFile),
    });
    socket.on('data', (chunk) => chunks.push(chunk));
    // A line that is cut is an answer too: the server may refuse to read on.
    socket.on('error', () => {});
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
    socket.end(bytes);
  });
};
