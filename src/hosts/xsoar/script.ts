import { main } from './main.ts';
import type { Http, Server } from './server.ts';

// These are in the scope that the server runs a script in. All but the first four came with some
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

/** What a function of the server's gives, if it does: trouble with it must not hide Duo's answer. */
const attempt = <T>(call: () => T): T | undefined => {
  try {
    return call();
  } catch {
    return undefined;
  }
};

const server: Server = {
  command,
  params,
  args: typeof args === 'object' && args !== null ? args : {},
  http,
  wait: typeof wait === 'function' ? wait : noWait,
  logDebug: (text) => attempt(() => typeof logDebug === 'function' && logDebug(text)),
  version: attempt(() => (typeof demistoVersion === 'function' ? demistoVersion() : undefined)),
  now: Date.now,
};

/** The script's result, for the `return` that the build puts behind the bundle. */
export const result = main(server);
