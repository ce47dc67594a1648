import type { OptionalParams } from '../request.ts';

/** Who is meant: by name (aliases too) or by Duo's `DU…` id, never by both. */
export type UserSelector =
  | { readonly username: string; readonly userId?: undefined }
  | { readonly userId: string; readonly username?: undefined };

/** The user's parameters on the wire. */
export const userParams = (user: UserSelector): OptionalParams => ({
  username: user.username,
  user_id: user.userId,
});
