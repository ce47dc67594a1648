import type { UserSelector } from '../duo/endpoints/preauth.ts';
import { type ArgumentValues, text } from './argument.ts';

/** The arguments that name the user. */
export const userArguments = {
  username: text('Name of the user in Duo; an alias works too.', { positional: true }),
  userID: text("Duo's ID of the user (DU...), instead of the name."),
  user_id: text('Another spelling of userID.', { aliasOf: 'userID' }),
};

/** Exactly one of them must be given. */
export const userNames = ['username', 'userID', 'user_id'] as const;

type UserValues = ArgumentValues<typeof userArguments>;

/** The user for Duo. */
export const toSelector = ({ username, userID, user_id }: UserValues): UserSelector =>
  // The command has checked that one of the three is given.
  username === undefined ? { userId: (userID ?? user_id) as string } : { username };

/** The user for the context. */
export const userContext = (user: UserSelector) => ({
  Username: user.username,
  UserID: user.userId,
});

/** The user for a title. */
export const userTitle = (user: UserSelector): string => user.username ?? user.userId;

/** What a terminal shows while the user has not answered. */
export const waitingForUser = ({ username, userID, user_id }: Partial<UserValues>): string => {
  const user = username ?? userID ?? user_id;
  return user === undefined ? 'Waiting for the answer…' : `Waiting for ${user}'s answer…`;
};
