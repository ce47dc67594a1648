import type { Endpoint } from '../request.ts';
import { DuoError } from './duo-error.ts';

/** A reply came, but not one that Duo is known to give. It is never taken for an approval. */
export class InvalidResponseError extends DuoError {
  override readonly name = 'InvalidResponseError';
  readonly code = 'unreadable_reply';
  readonly endpoint: Endpoint;
  readonly httpStatus: number;

  /** What is wrong with the reply, without its content. */
  readonly reason: string;

  /** How the reply begins: one line without markup, control characters or anything like a secret. */
  readonly excerpt: string;

  constructor(endpoint: Endpoint, httpStatus: number, reason: string, excerpt = '') {
    super(
      `The reply to /${endpoint} (HTTP ${httpStatus}) cannot be read: ${reason}.`,
      'Check that the API hostname is that of Duo and that no proxy answers in its place.',
    );
    this.endpoint = endpoint;
    this.httpStatus = httpStatus;
    this.reason = reason;
    this.excerpt = excerpt;
  }

  protected details(): Record<string, unknown> {
    return {
      endpoint: this.endpoint,
      httpStatus: this.httpStatus,
      reason: this.reason,
      excerpt: this.excerpt,
    };
  }
}
