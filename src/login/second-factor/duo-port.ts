import { DuoApiError } from '../../duo/errors/duo-api-error.ts';
import { DuoError } from '../../duo/errors/duo-error.ts';
import { InvalidResponseError } from '../../duo/errors/invalid-response-error.ts';
import { NetworkError } from '../../duo/errors/network-error.ts';
import type { DuoClient } from '../../hosts/node/duo-client.ts';
import type { AuthAnswer, PreauthAnswer } from '../flow/event.ts';
import type { Choice } from '../flow/state.ts';

/** Who authenticates, and from where. */
export interface Who {
  readonly username: string;
  readonly address: string;
}

/** Where a transaction stands. */
export type TransactionStatus =
  | AuthAnswer
  | { readonly result: 'waiting'; readonly status: string };

/** Duo, as far as a login needs it. */
export interface DuoPort {
  preauth(who: Who): Promise<PreauthAnswer>;
  /** @returns the transaction to follow. */
  start(who: Who, choice: Choice, verifiedTxid: string | undefined): Promise<string>;
  /** Held open by Duo until the status changes. */
  status(txid: string, signal: AbortSignal): Promise<TransactionStatus>;
  passcode(who: Who, passcode: string): Promise<AuthAnswer>;
}

// A client holds at most 256 calls open; a poll in the queue would tell of an approval too late.
const pollingClients = 4;

/**
 * Duo over its client. Polls have clients of their own, so that no passcode waits behind them.
 *
 * @param createClient makes one more client of the same account.
 * @param application what the phone shows the push to be for.
 */
export const createDuoPort = (createClient: () => DuoClient, application: string): DuoPort => {
  const duo = createClient();
  const polling = Array.from({ length: pollingClients }, createClient);
  let polls = 0;
  const nextPolling = (): DuoClient => {
    polls += 1;
    return polling[polls % pollingClients] ?? duo;
  };
  return {
    preauth: async ({ username, address }) => {
      const reply = await duo.preauth({
        username,
        ipaddr: address,
        clientSupportsVerifiedPush: true,
      });
      switch (reply.result) {
        case 'auth':
          return { result: 'auth', devices: reply.devices, verifiedPush: reply.verifiedPush };
        case 'allow':
        case 'deny':
          return { result: reply.result };
        case 'enroll':
          return { result: 'enroll', url: reply.enrollPortalUrl };
        default:
          return reply satisfies never;
      }
    },
    start: async ({ username, address }, { factor, device }, txid) => {
      const common = { username, ipaddr: address, device, async: true } as const;
      const { txid: started } =
        factor === 'push'
          ? await duo.auth({
              ...common,
              factor,
              txid,
              pushinfo: { Application: application, Address: address },
            })
          : await duo.auth({ ...common, factor });
      return started;
    },
    status: async (txid, signal) => {
      const { result, status } = await nextPolling().authStatus({ txid }, { signal });
      return { result, status };
    },
    passcode: async ({ username, address }, passcode) => {
      const reply = await duo.auth({ username, ipaddr: address, factor: 'passcode', passcode });
      return { result: reply.result, status: reply.status };
    },
  };
};

/** Why a call to Duo failed. */
export interface DuoFailure {
  /** Duo could not be reached or is broken, rather than saying no to this gateway. */
  readonly outage: boolean;
  /** A word for the audit log. */
  readonly reason: string;
  /** Duo's own code, where it gave one. */
  readonly duoCode?: number | undefined;
}

const brokenFrom = 500;
const tooMany = 429;

/**
 * An outage is no reply, a reply of a broken service, or one that asks to come back later. Wrong keys
 * and other refusals are none: with them, a mistake in the settings would open the door.
 */
export const classifyFailure = (error: unknown): DuoFailure => {
  if (error instanceof NetworkError) {
    return { outage: true, reason: error.kind };
  }
  if (error instanceof DuoApiError) {
    const outage = error.httpStatus >= brokenFrom || error.httpStatus === tooMany;
    return { outage, reason: String(error.duoCode), duoCode: error.duoCode };
  }
  if (error instanceof InvalidResponseError) {
    return { outage: error.httpStatus >= brokenFrom, reason: `http ${error.httpStatus}` };
  }
  return { outage: false, reason: error instanceof DuoError ? error.code : 'internal' };
};
