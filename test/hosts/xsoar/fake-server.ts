import type { Http, HttpRequest, Server } from '../../../src/hosts/xsoar/server.ts';

/** What a script asked of `http()`. */
export interface HttpCall {
  readonly url: string;
  readonly request: HttpRequest;
  readonly insecure: boolean;
  readonly proxy: boolean;
  readonly timeoutMs: number;
}

/** A server that gives out replies in order, and what was asked of it. */
export interface FakeServer extends Server {
  readonly calls: HttpCall[];
  readonly logs: string[];
  readonly waits: number[];
}

/** The parameters of an instance that is set up. */
export const instanceParams = {
  hostname: 'api-12345678.duosecurity.com',
  credentials: {
    identifier: 'DIABCDEFGHIJKLMNOPQR',
    password: 'abcdefghijABCDEFGHIJabcdefghijABCDEFGHIJ',
  },
};

/** The moment at which a fake server does not move. */
export const fakeNowMs = Date.UTC(2026, 0, 2, 3, 4, 5);

/** What `http()` gives for a reply of Duo's. */
export const duoResponse = (body: unknown, status = 200) => ({
  StatusCode: status,
  Status: `${status} whatever`,
  Headers: { 'Content-Type': ['application/json'] },
  Body: JSON.stringify(body),
});

/** Duo's success, as `http()` gives it. */
export const okResponse = (response: unknown) => duoResponse({ stat: 'OK', response });

/** A server that answers with these responses, one a call; a function is called in place of one. */
export const fakeServer = (
  overrides: Partial<Server> = {},
  responses: readonly unknown[] = [],
): FakeServer => {
  const left = [...responses];
  const calls: HttpCall[] = [];
  const logs: string[] = [];
  const waits: number[] = [];
  const http: Http = (url, request, insecure, proxy, _fifth, _sixth, timeoutMs) => {
    calls.push({ url, request, insecure, proxy, timeoutMs });
    if (left.length === 0) {
      throw new Error(`no response is left for ${url}`);
    }
    const response = left.shift();
    return typeof response === 'function' ? response() : response;
  };
  return {
    command: 'duo-check',
    params: instanceParams,
    args: {},
    http,
    wait: (seconds) => {
      waits.push(seconds);
    },
    logDebug: (text) => {
      logs.push(text);
    },
    version: { version: '8.4.0', buildNumber: '1', platform: 'xsoar' },
    now: () => fakeNowMs,
    ...overrides,
    calls,
    logs,
    waits,
  };
};
