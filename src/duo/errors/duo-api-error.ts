import type { Endpoint } from '../request.ts';
import { DuoError } from './duo-error.ts';

/** Duo's own words about a call that it refused. */
export interface ApiFailure {
  /** Duo's code, such as 40103. Its first three digits are the HTTP status. */
  readonly duoCode: number;
  readonly duoMessage: string;
  readonly duoDetail: string | undefined;
  readonly httpStatus: number;
  readonly endpoint: Endpoint;
}

/** What is advised for each code of Duo's that has an advice of its own. */
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

/** What to do about a refusal, by Duo's code. */
export const adviceFor = ({ duoCode, duoMessage, duoDetail, httpStatus }: ApiFailure): string => {
  // Duo gives an outdated client name the code of a forbidden application; only its words differ.
  if (duoCode === 40301 && /deprecated/i.test(`${duoMessage} ${duoDetail ?? ''}`)) {
    return deprecatedClient;
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

  /** @param advice replaces what is usually advised for this code. */
  constructor(refusal: ApiFailure, advice = adviceFor(refusal)) {
    const detail = refusal.duoDetail === undefined ? '' : ` (${refusal.duoDetail})`;
    super(
      `Duo refused /${refusal.endpoint} with ${refusal.duoCode}: ${refusal.duoMessage}${detail}.`,
      advice,
    );
    this.duoCode = refusal.duoCode;
    this.duoMessage = refusal.duoMessage;
    this.duoDetail = refusal.duoDetail;
    this.httpStatus = refusal.httpStatus;
    this.endpoint = refusal.endpoint;
  }

  protected details(): Record<string, unknown> {
    return {
      duoCode: this.duoCode,
      duoMessage: this.duoMessage,
      duoDetail: this.duoDetail,
      httpStatus: this.httpStatus,
      endpoint: this.endpoint,
    };
  }
}
