import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { rootCertificates } from 'node:tls';
import axios, { type AxiosResponse } from 'axios';
import { BadParameterError } from '../../duo/errors/bad-parameter-error.ts';
import type { ApiReply } from '../../duo/request.ts';
import type { HashAlgorithm } from '../../duo/signing/primitives.ts';
import { toWireRequest } from '../../duo/wire-request.ts';
import type { Settings } from '../../integration/params.ts';
import { timeoutMsOf } from '../../integration/timeout-ms.ts';
import type { Transport } from './drive.ts';
import { toDuoError } from './network-failure.ts';
import { nodePrimitives } from './primitives.ts';

/** How requests are signed and dated; all of it has good defaults. */
export interface TransportOptions {
  /** 2 by default; 5 signs the body as well. */
  readonly signatureVersion?: 2 | 5 | undefined;
  /** `sha512` by default; `sha1` with version 2 only. */
  readonly algorithm?: HashAlgorithm | undefined;
  /** Milliseconds since 1970; by default this machine's clock. */
  readonly now?: (() => number) | undefined;
}

// Duo's replies are a few kilobytes. A larger one is not Duo's, or not meant well.
const replyLimitBytes = 1024 * 1024;

const readCaFile = (caFile: string): string => {
  try {
    return readFileSync(caFile, 'utf8');
  } catch {
    throw new BadParameterError([{ name: 'ca_file', rule: 'cannot be read' }]);
  }
};

const createAgent = ({ caFile, insecure }: Settings): Agent =>
  new Agent({
    keepAlive: true,
    minVersion: 'TLSv1.2',
    rejectUnauthorized: !insecure,
    // Naming authorities replaces the platform's, so those are named again beside ours.
    ...(caFile !== undefined && { ca: [...rootCertificates, readCaFile(caFile)] }),
  });

type Reply = AxiosResponse<Buffer>;

const toApiReply = (reply: Reply, sentAtMs: number, receivedAtMs: number): ApiReply => ({
  status: reply.status,
  contentType: String(reply.headers['content-type'] ?? ''),
  body: reply.data.toString('utf8'),
  bytes: reply.data,
  sentAtMs,
  receivedAtMs,
});

/**
 * A transport over axios: TLS 1.2 and later, connections kept alive, no redirects, replies of at most
 * 1 MiB. It never repeats a request.
 *
 * @throws {@link BadParameterError} when `ca_file` cannot be read.
 */
export const createTransport = (settings: Settings, options: TransportOptions = {}): Transport => {
  const { signatureVersion, algorithm, now = Date.now } = options;
  const agent = createAgent(settings);
  const client = axios.create({
    httpsAgent: agent,
    // Left undefined, axios reads HTTPS_PROXY and NO_PROXY itself.
    ...(!settings.proxy && { proxy: false }),
    maxRedirects: 0,
    maxContentLength: replyLimitBytes,
    responseType: 'arraybuffer',
    validateStatus: () => true,
    transitional: { clarifyTimeoutError: true },
  });
  return async (request, signal) => {
    const timeoutMs = timeoutMsOf(request, settings);
    const account = { ...settings, skey: settings.skey.reveal(), signatureVersion, algorithm };
    const sentAtMs = now();
    const wire = toWireRequest(request, account, new Date(sentAtMs), nodePrimitives);
    try {
      const reply: Reply = await client.request({
        method: wire.method,
        url: wire.url,
        headers: wire.headers,
        data: wire.body,
        timeout: timeoutMs,
        ...(signal && { signal }),
      });
      return toApiReply(reply, sentAtMs, now());
    } catch (error) {
      const to = { endpoint: request.endpoint, hostname: settings.hostname, timeoutMs };
      throw toDuoError(error, to, signal);
    }
  };
};
