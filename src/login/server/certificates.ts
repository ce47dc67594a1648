import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { createServer, type Server, type ServerOptions } from 'node:https';
import { createSecureContext } from 'node:tls';
import type { LoginSettings } from '../settings/settings.ts';

type Files = NonNullable<LoginSettings['tls']>;

const read = ({ certFile, keyFile }: Files) => ({
  cert: readFileSync(certFile, 'utf8'),
  key: readFileSync(keyFile, 'utf8'),
});

/** @throws Error when the files cannot be read or do not belong together. */
export const assertCertificate = (files: Files): void => {
  createSecureContext(read(files));
};

const usualWatchMs = 5_000;

/**
 * An HTTPS server that reads its certificate again when the files change, for connections from then on. A
 * certificate that cannot be used is warned about, and the one before stays.
 *
 * @throws Error when the files cannot be read or do not belong together.
 */
export const createTlsServer = (
  files: Files,
  options: ServerOptions,
  warn: (message: string) => void,
  watchMs = usualWatchMs,
): Server => {
  const server = createServer({ ...options, ...read(files) });
  const reload = (): void => {
    try {
      server.setSecureContext(read(files));
    } catch (error) {
      // Half of a new pair: the other file is about to change.
      warn(`tls: the certificate cannot be read again (${(error as Error).message})`);
    }
  };
  for (const file of [files.certFile, files.keyFile]) {
    watchFile(file, { interval: watchMs, persistent: false }, reload);
  }
  server.once('close', () => {
    for (const file of [files.certFile, files.keyFile]) {
      unwatchFile(file, reload);
    }
  });
  return server;
};
