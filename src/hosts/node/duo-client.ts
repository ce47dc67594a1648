import { unknownNames } from '../../duo/closest.ts';
import {
  type ConnectionOptions,
  connectionOptionNames,
  parseConnectionSettings,
} from '../../duo/connection-settings.ts';
import {
  type AuthParams,
  type AuthStarted,
  authRequest,
  parseAuthStarted,
} from '../../duo/endpoints/auth.ts';
import {
  type AuthResponse,
  type AuthStatusParams,
  type AuthStatusResponse,
  parseAuthResponse,
} from '../../duo/endpoints/auth-status.ts';
import {
  type EnrollParams,
  type EnrollResponse,
  type EnrollStatusParams,
  type EnrollStatusResponse,
  enrollRequest,
  enrollStatusRequest,
  parseEnrollResponse,
  parseEnrollStatusResponse,
} from '../../duo/endpoints/enroll.ts';
import { type LogoResponse, logoRequest, parseLogoResponse } from '../../duo/endpoints/logo.ts';
import {
  checkRequest,
  parseCheckResponse,
  parsePingResponse,
  pingRequest,
  type TimeResponse,
} from '../../duo/endpoints/ping.ts';
import {
  type PreauthParams,
  type PreauthResponse,
  parsePreauthResponse,
  preauthRequest,
} from '../../duo/endpoints/preauth.ts';
import { ask, type Plan } from '../../duo/plan.ts';
import { authAndFollow, followTransaction, pollStatusOnce } from '../../duo/transaction.ts';
import { type CallOptions, createRunner, type Runner } from './drive.ts';
import type { TransportOptions } from './transport.ts';

/** Where Duo is, which keys to use, and how to reach it. */
export interface DuoClientOptions extends ConnectionOptions, TransportOptions {}

const optionNames = [...connectionOptionNames, 'now', 'logger'];

/** How long {@link DuoClient.authAndWait} and {@link DuoClient.followTransaction} follow the user. */
export interface WaitOptions extends CallOptions {
  /** 90 seconds by default. */
  readonly deadlineSeconds?: number | undefined;
}

// Longer than Duo gives a push or a call.
const defaultDeadlineSeconds = 90;

/** What a call of one request takes. */
export type Call = Pick<CallOptions, 'signal'>;

/**
 * A typed client for Duo's Auth API v2. Every method rejects with a {@link DuoError}; a deny is an
 * answer. A request that Duo may have acted on is repeated only where that does no harm: `auth` and
 * `enroll` are not.
 *
 * @example
 * ```ts
 * const duo = new DuoClient({ hostname, ikey, skey });
 * const answer = await duo.authAndWait({ username: 'alice', factor: 'push' });
 * if (answer.result === 'allow') letIn();
 * ```
 */
export class DuoClient {
  readonly #runner: Runner;

  /** @throws {@link BadParameterError} with every fault of the options at once. */
  constructor(options: DuoClientOptions) {
    const { now, logger, ...connection } = options;
    const unknown = unknownNames(Object.keys(options), optionNames, 'is not an option');
    const loaded = parseConnectionSettings(connection, { otherFaults: unknown });
    this.#runner = createRunner(loaded, { now, logger });
  }

  /**
   * What looks wrong without being a fault, a sentence each. A clock that turns out to be wrong is
   * added when that is found.
   */
  get warnings(): readonly string[] {
    return this.#runner.warnings;
  }

  // One method an endpoint, so that each has its own types and words.
  /* jscpd:ignore-start */
  /** Is Duo there, and what time is it? Unsigned. */
  ping(call?: Call): Promise<TimeResponse> {
    return this.#run(ask(pingRequest(), parsePingResponse), call);
  }

  /** Are the keys right? */
  check(call?: Call): Promise<TimeResponse> {
    return this.#run(ask(checkRequest(), parseCheckResponse), call);
  }

  /** The account's logo. */
  logo(call?: Call): Promise<LogoResponse> {
    return this.#run(ask(logoRequest(), parseLogoResponse), call);
  }

  /** Create a user and an activation code for Duo Mobile. */
  enroll(params: EnrollParams = {}, call?: Call): Promise<EnrollResponse> {
    return this.#run(ask(enrollRequest(params), parseEnrollResponse), call);
  }

  /** Has the user activated Duo Mobile with this code? */
  enrollStatus(params: EnrollStatusParams, call?: Call): Promise<EnrollStatusResponse> {
    return this.#run(ask(enrollStatusRequest(params), parseEnrollStatusResponse), call);
  }

  /** May this user authenticate, and how? */
  preauth(params: PreauthParams, call?: Call): Promise<PreauthResponse> {
    return this.#run(ask(preauthRequest(params), parsePreauthResponse), call);
  }
  /* jscpd:ignore-end */

  // The methods that check their arguments are async, so that a fault rejects like everything else.

  /** Authenticate and wait while Duo holds the response open; with `async`, only start. */
  auth(params: AuthParams & { readonly async: true }, call?: Call): Promise<AuthStarted>;
  auth(params: AuthParams & { readonly async?: false }, call?: Call): Promise<AuthResponse>;
  async auth(
    params: AuthParams & { readonly async?: boolean },
    call?: Call,
  ): Promise<AuthStarted | AuthResponse> {
    const isAsync = params.async === true;
    const request = authRequest(params, { async: isAsync });
    return isAsync
      ? this.#run(ask(request, parseAuthStarted), call)
      : this.#run(ask(request, parseAuthResponse), call);
  }

  /** Where does a transaction stand? Duo answers when the status changes. */
  authStatus(params: AuthStatusParams, call?: Call): Promise<AuthStatusResponse> {
    return this.#run(pollStatusOnce(params.txid), call);
  }

  /**
   * Start an authentication and follow it to its end or the deadline. A result of `waiting` says that
   * the deadline came first.
   */
  async authAndWait(params: AuthParams, options: WaitOptions = {}): Promise<AuthStatusResponse> {
    const { deadlineSeconds = defaultDeadlineSeconds } = options;
    return this.#run(authAndFollow(params, { deadlineSeconds }), options);
  }

  /**
   * Follow a transaction that `auth` started with `async`, to its end or the deadline. A result of
   * `waiting` says that the deadline came first.
   */
  async followTransaction(txid: string, options: WaitOptions = {}): Promise<AuthStatusResponse> {
    const { deadlineSeconds = defaultDeadlineSeconds } = options;
    return this.#run(followTransaction(txid, { deadlineSeconds }), options);
  }

  /**
   * Close the connections that are kept for the next call. Calls under way go on, and so may later
   * ones; their connections close with them.
   */
  close(): void {
    this.#runner.close();
  }

  #run<T>(plan: Plan<T>, call: CallOptions = {}): Promise<T> {
    return this.#runner.run(plan, call);
  }
}
