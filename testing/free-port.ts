import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

// Below the ports that systems give to connections and to servers that ask for any: one of those could be
// taken by another test between its choice and its use.
const [first, last] = [10_000, 32_000];

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** A free port of this machine. */
export const freePort = async (): Promise<number> => {
  const port = randomInt(first, last);
  return (await isFree(port)) ? port : freePort();
};
