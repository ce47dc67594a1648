/** A code that turns a phone into a user's device. */
export interface Activation {
  /** Twenty letters and digits. */
  readonly code: string;
  readonly userId: string;
  readonly username: string;
  readonly expiresAtMs: number;
  isClaimed: boolean;
}

/** A link from `preauth` under which a user may enroll once. */
export interface Portal {
  readonly username: string;
}
