import type { Http, Server } from './server.ts';

// These stand in the scope that the server runs a script in. All but the first four came at some
// version of the server, so they are looked for before they are used.
declare const command: string;
declare const params: Readonly<Record<string, unknown>>;
declare const args: Readonly<Record<string, unknown>> | undefined;
declare const http: Http;
declare const wait: ((seconds: number) => void) | undefined;
declare const logDebug: ((text: string) => void) | undefined;
declare const demistoVersion: (() => unknown) | undefined;

const noWait = (): void => {
  throw new Error('This server offers no wait()');
};

/** The server, as this script's scope gives it. */
export const serverOfThisScript = (): Server => ({
  command,
  params,
  args: typeof args === 'object' && args !== null ? args : {},
  http,
  wait: typeof wait === 'function' ? wait : noWait,
  logDebug: typeof logDebug === 'function' ? logDebug : () => undefined,
  version: typeof demistoVersion === 'function' ? demistoVersion() : undefined,
  now: Date.now,
});
