import { readFileSync } from 'node:fs';
import { connect, createSecureContext, type SecureContext } from 'node:tls';
import type { Simulator } from '../../../src/simulator/index.ts';

// Thousands of requests to one simulator read its authority once.
const contexts = new WeakMap<Simulator, SecureContext>();

const contextFor = (simulator: Simulator): SecureContext => {
  const context =
    contexts.get(simulator) ?? createSecureContext({ ca: readFileSync(simulator.caFile) });
  contexts.set(simulator, context);
  return context;
};

/** Writes bytes over TLS, says that no more will come, and reads until the other side is done. */
export const exchange = (simulator: Simulator, bytes: Uint8Array | string): Promise<string> => {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect({
      port: Number(new URL(simulator.url).port),
      host: '127.0.0.1',
      servername: 'localhost',
      secureContext: contextFor(simulator),
    });
    socket.on('data', (chunk) => chunks.push(chunk));
    // A line that is cut is an answer too: the server may refuse to read on.
    socket.on('error', () => {});
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
    socket.end(bytes);
  });
};
