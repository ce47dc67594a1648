import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { rootCertificates } from 'node:tls';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { FirstFactorUnavailableError, type PasswordFactor } from './first-factor.ts';
import { cookieName, cookiePair, rehost } from './held-cookies.ts';

/** Where a Cortex XSOAR 6 server is. */
export interface XsoarServer {
  readonly url: string;
  readonly caFile?: string | undefined;
  readonly insecure: boolean;
  readonly timeoutMs: number;
}

const responseLimitBytes = 8 * 1024 * 1024;

/** A client for the server that follows nothing, repeats nothing and throws at no status. */
export const createXsoarHttp = ({ url, caFile, insecure, timeoutMs }: XsoarServer): AxiosInstance =>
  axios.create({
    baseURL: url,
    timeout: timeoutMs,
    maxRedirects: 0,
    maxContentLength: responseLimitBytes,
    proxy: false,
    validateStatus: () => true,
    httpsAgent: new Agent({
      keepAlive: true,
      minVersion: 'TLSv1.2',
      rejectUnauthorized: !insecure,
      ...(caFile !== undefined && { ca: [...rootCertificates, readFileSync(caFile, 'utf8')] }),
    }),
  });

const xsrfCookie = 'XSRF-TOKEN';

const setCookies = (reply: AxiosResponse): readonly string[] => reply.headers['set-cookie'] ?? [];

/**
 * The server's own login. A browser's steps: `GET /` for the XSRF cookie, then `POST /login` with it.
 * The cookies that come of it are held back until the second factor is done.
 */
export const createXsoarFactor = (server: XsoarServer): PasswordFactor => {
  const http = createXsoarHttp(server);

  // axios' error carries the password in its request, so only its code is told.
  const unavailable = (error: unknown): FirstFactorUnavailableError => {
    const code = axios.isAxiosError(error) ? (error.code ?? 'unknown') : 'unknown';
    return new FirstFactorUnavailableError(`The XSOAR server cannot be reached (${code}).`);
  };

  const fetchXsrf = async (): Promise<readonly string[]> => {
    const lines = setCookies(await http.get('/'));
    if (!lines.some((line) => cookieName(line) === xsrfCookie)) {
      throw new FirstFactorUnavailableError(`The XSOAR server gave no ${xsrfCookie} cookie.`);
    }
    return lines;
  };

  const postLogin = (user: string, password: string, lines: readonly string[]) => {
    const pair = lines.map(cookiePair).find((one) => cookieName(one) === xsrfCookie) ?? '';
    return http.post(
      '/login',
      { user, password },
      {
        headers: {
          'Content-Type': 'application/json',
          Accept: 'application/json',
          'X-XSRF-TOKEN': decodeURIComponent(pair.slice(xsrfCookie.length + 1)),
          Cookie: lines.map(cookiePair).join('; '),
        },
      },
    );
  };

  const orUnavailable = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw error instanceof FirstFactorUnavailableError ? error : unavailable(error);
    }
  };

  return {
    kind: 'password',
    verify: ({ username, password }) =>
      orUnavailable(async () => {
        const before = await fetchXsrf();
        const reply = await postLogin(username, password, before);
        if (reply.status >= 500 || reply.status === 404) {
          throw new FirstFactorUnavailableError(`The XSOAR server answered ${reply.status}.`);
        }
        const given = setCookies(reply);
        // A success that gives no session is not one that a user could go on with.
        if (reply.status >= 300 || given.length === 0) {
          return { passed: false };
        }
        const names = new Set(given.map(cookieName));
        const held = [...before.filter((line) => !names.has(cookieName(line))), ...given];
        return { passed: true, username, groups: [], held: held.map(rehost) };
      }),
    check: () =>
      orUnavailable(async () => {
        await fetchXsrf();
        return 'the XSOAR server answers and gives its XSRF cookie';
      }),
  };
};
