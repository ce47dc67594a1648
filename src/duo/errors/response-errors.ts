import type { Endpoint } from '../request.ts';
import { DuoError } from './duo-error.ts';

/** A failure as Duo words it. */
export interface ApiFailure {
  /** Duo's code, such as 40103. Its first three digits are the HTTP status. */
  readonly duoCode: number;
  /** Duo's words. */
  readonly duoMessage: string;
  /** What Duo adds to them, such as the name of a parameter. */
  readonly duoDetail: string | undefined;
  readonly httpStatus: number;
  readonly endpoint: Endpoint;
}

/**
 * What is advised for each code of Duo's that has an advice of its own.
 *
 * @see Duo Auth API, "Response Format" of each endpoint: https://duo.com/docs/authapi#endpoints
 */
export const adviceByDuoCode: Readonly<Record<number, string>> = {
  40001: 'Give the missing argument that Duo names.',
  40002: 'Correct the argument that Duo names.',
  40101: 'Copy the integration key and the secret key again from the application in Duo.',
  40102: 'Copy the integration key again from the Auth API application in the Duo Admin Panel.',
  40103:
    'Copy the secret key again from the same application as the integration key, and check the API hostname.',
  40104: 'Look for a proxy on the way that removes the Date header.',
  40105: "Set this machine's clock: Duo accepts requests within five minutes of its own time.",
  40301: 'Check in the Duo Admin Panel that the application is enabled and of the type "Auth API".',
  40401: 'Check the API hostname: it must be that of the Auth API application.',
  42901: 'Wait a minute before you try again.',
};

const deprecatedClient =
  'Duo turns this client name away: set the "useragent" parameter to the default or to a name of your own.';

const unknownUser =
  'Duo may not know this user: check the user name, and enroll the user if it is right.';

/** What to do about a failure, by Duo's code. */
const adviceForFailure = ({
  duoCode,
  duoMessage,
  duoDetail,
  httpStatus,
  endpoint,
}: ApiFailure): string => {
  // Duo gives an outdated client name the code of a forbidden application; only its words differ.
  if (duoCode === 40301 && /deprecated/i.test(`${duoMessage} ${duoDetail ?? ''}`)) {
    return deprecatedClient;
  }
  if (duoCode === 40002 && endpoint === 'auth' && duoDetail === 'username') {
    return unknownUser;
  }
  const advice = adviceByDuoCode[duoCode];
  if (advice !== undefined) {
    return advice;
  }
  return httpStatus >= 500
    ? 'The trouble is on the side of Duo: try again later and look at status.duo.com.'
    : "Look the code up in Duo's Auth API documentation.";
};

/** Duo answered `stat: FAIL`. */
export class DuoApiError extends DuoError implements ApiFailure {
  override readonly name = 'DuoApiError';
  readonly code = 'duo_refused';
  readonly duoCode: number;
  readonly duoMessage: string;
  readonly duoDetail: string | undefined;
  readonly httpStatus: number;
  readonly endpoint: Endpoint;

  /**
   * @internal
   * @param advice replaces what is usually advised for this code.
   */
  constructor(failure: ApiFailure, advice = adviceForFailure(failure)) {
    const { duoCode, duoMessage, duoDetail, httpStatus, endpoint } = failure;
    const detail = duoDetail === undefined ? '' : ` (${duoDetail})`;
    super(`Duo answered /${endpoint} with ${duoCode}: ${duoMessage}${detail}.`, advice);
    this.duoCode = duoCode;
    this.duoMessage = duoMessage;
    this.duoDetail = duoDetail;
    this.httpStatus = httpStatus;
    this.endpoint = endpoint;
  }

  protected details(): Record<string, unknown> {
    const { duoCode, duoMessage, duoDetail, httpStatus, endpoint } = this;
    return { duoCode, duoMessage, duoDetail, httpStatus, endpoint };
  }
}

/** What is known of a response that cannot be read. */
export interface InvalidResponse {
  readonly endpoint: Endpoint;
  /** The HTTP status; 0 when the response broke off before there was one. */
  readonly httpStatus: number;
  /** What is wrong with the response, without its content. */
  readonly reason: string;
  /** How it begins: one line without markup, control characters or anything like a secret. */
  readonly excerpt?: string;
  /** True for Duo's own envelope around a value that this version does not know. */
  readonly isDuo?: boolean;
}

const adviceForInvalid = ({ httpStatus, isDuo }: InvalidResponse): string => {
  if (isDuo) {
    return 'This version does not know what Duo answered: update xsoar-duo, and report it if that does not help.';
  }
  if (httpStatus === 401 || httpStatus === 403) {
    return 'Check the integration key and the secret key, and that no proxy on the way wants a login of its own.';
  }
  if (httpStatus === 429) {
    return 'Too many requests: wait a minute before you try again.';
  }
  return httpStatus >= 500
    ? 'Duo, or a proxy on the way, is in trouble: try again later, look at status.duo.com, and check the API hostname if it goes on.'
    : 'Check that the API hostname is that of Duo and that no proxy answers in its place.';
};

/** A response came, but not one that Duo is known to give. It is never taken for an approval. */
export class InvalidResponseError extends DuoError {
  override readonly name = 'InvalidResponseError';
  readonly code = 'unreadable_reply';
  readonly endpoint: Endpoint;
  /** 0 when the response broke off before there was one. */
  readonly httpStatus: number;
  /** What is wrong with the response, without its content. */
  readonly reason: string;
  /** How it begins, as one line; empty when nothing of it may be shown. */
  readonly excerpt: string;

  /** @internal */
  constructor(response: InvalidResponse) {
    const { endpoint, httpStatus, reason, excerpt = '' } = response;
    super(
      `The response to /${endpoint} (HTTP ${httpStatus}) cannot be read: ${reason}.`,
      adviceForInvalid(response),
    );
    this.endpoint = endpoint;
    this.httpStatus = httpStatus;
    this.reason = reason;
    this.excerpt = excerpt;
  }

  protected details(): Record<string, unknown> {
    const { endpoint, httpStatus, reason, excerpt } = this;
    return { endpoint, httpStatus, reason, excerpt };
  }
}
