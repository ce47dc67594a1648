import type { Endpoint } from '../request.ts';
import { DuoError } from './duo-error.ts';
import { adviseOnRefusal, type Refusal } from './refusal.ts';

/** Duo answered `stat: FAIL`. */
export class DuoApiError extends DuoError implements Refusal {
  override readonly name = 'DuoApiError';
  readonly code = 'duo_refused';
  readonly duoCode: number;
  readonly duoMessage: string;
  readonly duoDetail: string | undefined;
  readonly httpStatus: number;
  readonly endpoint: Endpoint;

  /** @param advice replaces what is usually advised for this code. */
  constructor(refusal: Refusal, advice = adviseOnRefusal(refusal)) {
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
