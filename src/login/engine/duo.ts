import { DuoError } from '../../duo/errors/duo-error.ts';
import { NetworkError } from '../../duo/errors/network-error.ts';
import { DuoApiError, InvalidResponseError } from '../../duo/errors/response-errors.ts';
import type { DuoClient } from '../../hosts/node/duo-client.ts';
import { CallLimit, Semaphore } from '../../hosts/node/limits.ts';
import type { PreauthAnswer } from '../flow/events.ts';
import type { Choice } from '../flow/state.ts';

/** Who authenticates, and from where. */
export interface Who {
  readonly username: string;
  readonly address: string;
}

/** The end of a push, call, message or code. */
export interface AuthResult {
  readonly result: 'allow' | 'deny';
  readonly status: string;
  /** Lets a later preauth recognize this browser. A secret. */
  readonly trustedDeviceToken?: string | undefined;
}

/** How a transaction is followed. */
export interface FollowOptions {
  readonly deadlineSeconds: number;
  readonly signal: AbortSignal;
  readonly onStatus: (status: string) => void;
}

/** Duo, as far as a login needs it. */
export interface Duo {
  preauth(who: Who, trustedDeviceToken?: string): Promise<PreauthAnswer>;
  /** @returns the transaction to follow. */
  start(who: Who, choice: Choice, verifiedTxid: string | undefined): Promise<string>;
  /** Follow a transaction to its end. At the deadline the result is a deny: the user did not answer. */
  follow(txid: string, options: FollowOptions): Promise<AuthResult>;
  passcode(who: Who, passcode: string): Promise<AuthResult>;
}

// Fewer than the client sends at a time, so that none of these waits in the client's own queue, where
// waiting looks like a Duo that does not answer.
const preauthsAtOnce = 48;
const queueMs = 20_000;

/** Too many logins at once; Duo has not been asked. */
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError';
}

/** @param application what the phone shows the push to be for. */
export const createDuo = (client: DuoClient, application: string): Duo => {
  const places = new Semaphore(preauthsAtOnce);

  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    const limit = new CallLimit(queueMs);
    const release = await places.acquire(limit);
    limit.release();
    if (release === undefined) {
      throw new QueueFullError('Too many logins at once.');
    }
    return work().finally(release);
  };

  return {
    preauth: async ({ username, address }, trustedDeviceToken) => {
      const response = await inTurn(() =>
        client.preauth({
          username,
          ipaddr: address,
          clientSupportsVerifiedPush: true,
          trustedDeviceToken,
        }),
      );
      switch (response.result) {
        case 'auth':
          return {
            result: 'auth',
            devices: response.devices,
            verifiedPush: response.verifiedPush,
          };
        case 'allow':
        case 'deny':
          return { result: response.result };
        case 'enroll':
          return { result: 'enroll', url: response.enrollPortalUrl };
      }
    },
    start: async ({ username, address }, { factor, device }, txid) => {
      const common = { username, ipaddr: address, device, async: true } as const;
      const pushinfo = { Application: application, Address: address };
      const started =
        factor === 'push'
          ? await client.auth({ ...common, factor, txid, pushinfo })
          : await client.auth({ ...common, factor });
      return started.txid;
    },
    follow: async (txid, { deadlineSeconds, signal, onStatus }) => {
      const response = await client.followTransaction(txid, {
        deadlineSeconds,
        signal,
        onProgress: ({ status }) => onStatus(status),
      });
      return response.result === 'waiting' ? { result: 'deny', status: 'timeout' } : response;
    },
    passcode: ({ username, address }, passcode) =>
      client.auth({ username, ipaddr: address, factor: 'passcode', passcode }),
  };
};

/** Why a call to Duo failed. */
export interface DuoFailure {
  /** The request could not reach Duo, or got no response from a working service. */
  readonly outage: boolean;
  /** A word for the audit log. */
  readonly reason: string;
}

// What a load balancer answers when no service is behind it. A 500 is not one of them: the service is there
// and failed on one request, and an attacker may know a request that makes it fail.
const awayStatuses: readonly number[] = [502, 503, 504];

/**
 * An outage is a request that was sent and got no response, one that could not reach Duo, or one that a
 * load balancer with no service behind it answered. It is not an outage when Duo refuses the keys, fails on
 * this request (500) or limits the rate (429), when its certificate is not trusted, when a proxy refuses, or
 * when the request never left the gateway's own queue: with those, the failmode would let users in after a
 * mistake in the settings or during a flood of logins.
 */
export const classifyFailure = (error: unknown): DuoFailure => {
  if (error instanceof NetworkError) {
    // `HTTP_407` and the like: the proxy answered, and refused.
    const isRefusal = error.kind === 'tls' || /^(?:HTTP_|PROXY_)/.test(error.reason);
    return { outage: !isRefusal, reason: error.kind };
  }
  if (error instanceof DuoApiError) {
    return { outage: awayStatuses.includes(error.httpStatus), reason: String(error.duoCode) };
  }
  if (error instanceof InvalidResponseError) {
    return { outage: awayStatuses.includes(error.httpStatus), reason: `http ${error.httpStatus}` };
  }
  if (error instanceof QueueFullError) {
    return { outage: false, reason: 'queue' };
  }
  return { outage: false, reason: error instanceof DuoError ? error.code : 'internal' };
};

/** Is it certain that nothing reached the user? */
export const isNotSent = (error: unknown): boolean =>
  error instanceof DuoApiError || (error instanceof NetworkError && error.sent === 'no');
