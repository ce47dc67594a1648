/** A code that `preauth` gave out and that a following push must be approved with. */
export interface Verification {
  readonly txid: string;
  readonly ikey: string;
  readonly userId: string;
  readonly code: string;
  readonly expiresAtMs: number;
}
