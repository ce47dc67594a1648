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
import { ask, chain, type Plan } from '../../duo/plan.ts';
import { followTransaction, pollStatusOnce } from '../../duo/transaction.ts';
import { loadParams } from '../../integration/params.ts';
import type { CallOptions } from './drive.ts';
import { createRunner, type Runner } from './runner.ts';
import type { TransportOptions } from './transport.ts';

/** Where Duo is and which keys to use. */
export interface DuoClientOptions extends TransportOptions {
  /** The API hostname of the Auth API application. */
  readonly hostname: string;
  /** Integration key. */
  readonly ikey: string;
  /** Secret key. */
  readonly skey: string;
  /** `xsoar-duo/<version>` by default. */
  readonly useragent?: string | undefined;
  /** For ordinary calls, in seconds; 60 by default. Calls that Duo holds open get at least 75. */
  readonly timeout?: number | undefined;
  /** Use HTTPS_PROXY and NO_PROXY; off by default. */
  readonly proxy?: boolean | undefined;
  /** Trust any certificate; off by default. */
  readonly insecure?: boolean | undefined;
  /** Certificate authorities to trust besides the platform's, in PEM. */
  readonly caFile?: string | undefined;
  /** SHA-256 of public keys in base64, one of which must be in Duo's chain. None by default. */
  readonly pinnedKeys?: readonly string[] | undefined;
  /** A client certificate in PEM, where a proxy on the way wants one. Goes with `clientKeyFile`. */
  readonly clientCertFile?: string | undefined;
  readonly clientKeyFile?: string | undefined;
}

/** How long {@link DuoClient.authAndWait} follows the user. */
export interface WaitOptions extends CallOptions {
  /** 90 seconds by default. */
  readonly deadlineSeconds?: number | undefined;
}

type Call = Pick<CallOptions, 'signal'>;

/**
 * A typed client for Duo's Auth API v2. Every method rejects with a {@link DuoError}; a deny is an
 * answer. Nothing is ever sent twice.
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
    const params = {
      ...options,
      ca_file: options.caFile,
      pinned_keys: options.pinnedKeys,
      client_cert_file: options.clientCertFile,
      client_key_file: options.clientKeyFile,
    };
    this.#runner = createRunner(loadParams(params), options);
  }

  /**
   * What looks wrong without being a fault, a sentence each. A clock that turns out to be wrong is
   * added when that is found.
   */
  get warnings(): readonly string[] {
    return this.#runner.warnings;
  }

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

  // The methods that check their arguments are async, so that a fault rejects like everything else.

  /** Authenticate and wait while Duo holds the reply open; with `async`, only start. */
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
    const { deadlineSeconds = 90 } = options;
    const started = ask(authRequest(params, { async: true }), (reply) => ({
      txid: parseAuthStarted(reply).txid,
      startedAtMs: reply.receivedAtMs,
    }));
    const followed = chain(started, ({ txid, startedAtMs }) =>
      followTransaction(txid, { deadlineSeconds, startedAtMs }),
    );
    return this.#run(followed, options);
  }

  #run<T>(plan: Plan<T>, call: CallOptions = {}): Promise<T> {
    return this.#runner.run(plan, call);
  }
}
