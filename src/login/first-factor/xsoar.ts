import { Agent } from 'node:https';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import * as z from 'zod';
import { authoritiesWith } from '../../hosts/node/tls.ts';
import { FirstFactorUnavailableError, type PasswordFactor } from './first-factor.ts';

/** Where a Cortex XSOAR 6 server is. */
export interface XsoarServer {
  readonly url: string;
  /** Certificate authorities to accept besides the platform's, in PEM. */
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
      ...(caFile !== undefined && { ca: authoritiesWith('ca_file', caFile) }),
    }),
  });

/** The canonical name in the server's description of a user. An HTML page with status 200 has none. */
export const xsoarUserSchema = z
  .looseObject({ username: z.string().optional(), id: z.string().optional() })
  .transform(({ username, id }) => username ?? id ?? '')
  .pipe(z.string().min(1));

const xsrfCookie = 'XSRF-TOKEN';

/** The name of a `Set-Cookie` line's cookie. */
export const cookieName = (line: string): string => line.split('=', 1)[0]?.trim() ?? '';

const cookiePair = (line: string): string => line.split(';', 1)[0]?.trim() ?? '';

const dropped = /^(?:domain|secure)\b/i;

/**
 * A cookie of the server, made one of the gateway's host: without a domain, since the server's own name
 * is not the gateway's, and only ever sent over TLS.
 */
export const rehost = (line: string): string => {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
  const kept = attributes.filter((attribute) => attribute !== '' && !dropped.test(attribute));
  return [pair, ...kept, 'Secure'].join('; ');
};

const setCookies = (response: AxiosResponse): readonly string[] =>
  response.headers['set-cookie'] ?? [];

const headersWith = (lines: readonly string[]) => {
  const pairs = lines.map(cookiePair);
  const xsrf = pairs.find((pair) => cookieName(pair) === xsrfCookie) ?? '';
  return {
    Accept: 'application/json',
    Cookie: pairs.join('; '),
    'X-XSRF-TOKEN': decodeURIComponent(xsrf.slice(xsrfCookie.length + 1)),
  };
};

const broken = (what: string): FirstFactorUnavailableError =>
  new FirstFactorUnavailableError(`The XSOAR server ${what}.`);

/**
 * The server's own login. A browser's steps: `GET /` for the XSRF cookie, then `POST /login` with it, then
 * `GET /user` to confirm whose cookies they are. The cookies are held back until the second factor is
 * done.
 */
export const createXsoarFactor = (server: XsoarServer): PasswordFactor => {
  const http = createXsoarHttp(server);

  const fetchXsrf = async (): Promise<readonly string[]> => {
    const lines = setCookies(await http.get('/'));
    if (!lines.some((line) => cookieName(line) === xsrfCookie)) {
      throw broken(`gave no ${xsrfCookie} cookie`);
    }
    return lines;
  };

  const readUser = ({ status, data }: AxiosResponse, path: string): string => {
    const user = xsoarUserSchema.safeParse(data);
    if (status !== 200 || !user.success) {
      throw broken(`answered ${path} with status ${status} and no user`);
    }
    return user.data;
  };

  const orUnavailable = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof FirstFactorUnavailableError) {
        throw error;
      }
      // axios' error carries the password in its request, so only its code goes on.
      const code = axios.isAxiosError(error) ? (error.code ?? 'unknown') : 'unknown';
      throw broken(`cannot be reached (${code})`);
    }
  };

  return {
    kind: 'password',
    verify: ({ username: user, password }) =>
      orUnavailable(async () => {
        const before = await fetchXsrf();
        const response = await http.post(
          '/login',
          { user, password },
          { headers: { ...headersWith(before), 'Content-Type': 'application/json' } },
        );
        if (response.status === 401 || response.status === 403) {
          return { passed: false };
        }
        const named = readUser(response, '/login');
        const given = setCookies(response);
        const names = new Set(given.map(cookieName));
        const held = [...before.filter((line) => !names.has(cookieName(line))), ...given];
        const owner = readUser(await http.get('/user', { headers: headersWith(held) }), '/user');
        if (owner !== named) {
          throw broken('gave the cookies of another user');
        }
        return { passed: true, username: owner, groups: [], held: held.map(rehost) };
      }),
    check: () =>
      orUnavailable(async () => {
        await fetchXsrf();
        return 'the XSOAR server answers and gives its XSRF cookie';
      }),
  };
};
