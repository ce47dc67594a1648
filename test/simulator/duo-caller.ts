import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Simulator } from '../../src/simulator/index.ts';

/** A reply as it came, and its body as JSON when it is JSON. */
export interface CalledReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly json: CalledEnvelope;
}

/** Duo's envelope; a body that is no JSON gives an empty one. */
export interface CalledEnvelope {
  readonly stat?: string;
  readonly code?: number;
  readonly message?: string;
  readonly message_detail?: string;
  readonly response?: CalledResponse;
}

/** What an endpoint answered; the names that tests read. */
export interface CalledResponse {
  readonly [name: string]: unknown;
  readonly result?: unknown;
  readonly txid?: unknown;
  readonly username?: unknown;
  readonly bypass_codes?: unknown;
  readonly activation_code?: unknown;
  readonly activation_url?: unknown;
  readonly activation_barcode?: unknown;
  readonly enroll_portal_url?: unknown;
  readonly verification_code?: unknown;
  readonly trusted_device_token?: unknown;
}

export type Params = Readonly<Record<string, string>>;

/** How a request departs from the ordinary. */
export interface CallOptions {
  readonly ikey?: string;
  readonly skey?: string;
  readonly version?: 2 | 4 | 5;
  readonly hash?: 'sha1' | 'sha512';
  readonly signedHost?: string;
  readonly date?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: string;
  readonly signal?: AbortSignal;
}

const encode = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** Parameters as Duo signs them. */
export const canonicalQuery = (params: Params): string =>
  Object.keys(params)
    .sort()
    .map((key) => `${encode(key)}=${encode(params[key] ?? '')}`)
    .join('&');

const sha512 = (text: string): string => createHash('sha512').update(text).digest('hex');

interface Message {
  readonly method: string;
  readonly path: string;
  readonly params: Params;
  readonly body: string;
}

/** The Authorization header, made apart from the simulator's own code. */
const authorization = (
  simulator: Simulator,
  message: Message,
  options: CallOptions,
  date: string,
) => {
  const { version = 2, hash = 'sha512', ikey = simulator.ikey, skey = simulator.skey } = options;
  const isQuery = message.method === 'GET';
  const params = version === 2 || isQuery ? canonicalQuery(message.params) : '';
  const lines = [
    date,
    message.method,
    options.signedHost ?? simulator.hostname,
    message.path,
    params,
    ...(version === 2 ? [] : [sha512(message.body)]),
    ...(version === 5 ? [sha512('')] : []),
  ];
  const signature = createHmac(hash, skey).update(lines.join('\n')).digest('hex');
  return `Basic ${Buffer.from(`${ikey}:${signature}`).toString('base64')}`;
};

const parse = (body: Buffer): CalledEnvelope => {
  try {
    return JSON.parse(body.toString());
  } catch {
    return {};
  }
};

/** Sends a request of exactly this shape. */
export const send = (
  simulator: Simulator,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body = '',
  signal?: AbortSignal,
): Promise<CalledReply> => {
  return new Promise((resolve, reject) => {
    const request = httpsRequest(
      `${simulator.url}${path}`,
      { method, headers, ca: readFileSync(simulator.caFile), ...(signal && { signal }) },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          const { statusCode = 0, headers: replyHeaders } = response;
          resolve({ status: statusCode, headers: replyHeaders, body: bytes, json: parse(bytes) });
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
};

const formType = 'application/x-www-form-urlencoded';

/** Headers of a signed request. */
export interface SignedHeaders {
  readonly [name: string]: string;
  readonly Authorization: string;
}

/** The headers of a form or query under signature version 2. */
export const signedHeaders = (
  simulator: Simulator,
  method: 'GET' | 'POST',
  path: string,
  params: Params,
): SignedHeaders => {
  const date = new Date(simulator.control.now()).toUTCString();
  return {
    Host: simulator.hostname,
    Date: date,
    Authorization: authorization(simulator, { method, path, params, body: '' }, {}, date),
    'Content-Type': formType,
  };
};

/** Signs and sends a request as a client of Duo's would. */
export const call = (
  simulator: Simulator,
  method: 'GET' | 'POST',
  endpoint: string,
  params: Params = {},
  options: CallOptions = {},
): Promise<CalledReply> => {
  const isForm = options.version === undefined || options.version === 2;
  const path = options.path ?? `/auth/v2/${endpoint}`;
  const query = new URLSearchParams(params).toString();
  const posted = isForm ? query : JSON.stringify(params);
  const body = method === 'POST' ? posted : '';
  const date = options.date ?? new Date(simulator.control.now()).toUTCString();
  const headers: Record<string, string> = {
    Authorization: authorization(simulator, { method, path, params, body }, options, date),
    Date: date,
    ...(method === 'POST' && {
      'Content-Type': isForm ? formType : 'application/json',
    }),
    ...options.headers,
  };
  const target = method === 'GET' && query !== '' ? `${path}?${query}` : path;
  return send(simulator, method, target, headers, body, options.signal);
};

/** The `response` of a reply that must be OK. */
export const callOk = async (
  simulator: Simulator,
  method: 'GET' | 'POST',
  endpoint: string,
  params: Params = {},
  options: CallOptions = {},
): Promise<CalledResponse> => {
  const reply = await call(simulator, method, endpoint, params, options);
  if (reply.json.stat !== 'OK' || reply.json.response === undefined) {
    throw new Error(`${endpoint} answered ${reply.status} ${reply.body.toString()}`);
  }
  return reply.json.response;
};
