import type { Endpoint } from '../request.ts';
import { DuoError } from './duo-error.ts';

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

const adviceFor = ({ httpStatus, isDuo }: InvalidResponse): string => {
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
      adviceFor(response),
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
