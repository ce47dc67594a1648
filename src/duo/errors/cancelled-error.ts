import type { Endpoint } from '../request.ts';
import { DuoError } from './duo-error.ts';

/** The caller's `AbortSignal` ended the call. */
export class CancelledError extends DuoError {
  override readonly name = 'CancelledError';
  readonly code = 'cancelled';

  /** True when an authentication was under way: a push or a call may still reach the user. */
  readonly mayReachUser: boolean;

  constructor(endpoint: Endpoint | undefined) {
    const mayReachUser = endpoint === 'auth' || endpoint === 'auth_status';
    super(
      'Cancelled.',
      mayReachUser ? 'A push or a call may still reach the user, who can ignore or deny it.' : '',
    );
    this.mayReachUser = mayReachUser;
  }

  protected details(): Record<string, unknown> {
    return { mayReachUser: this.mayReachUser };
  }
}
