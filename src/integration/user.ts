import type { UserSelector } from '../duo/endpoints/preauth.ts';
import { type ArgumentValues, text } from './argument.ts';

/** The arguments that name the user. */
export const userArguments = {
  username: text('Name of the user in Duo; an alias works too.', { positional: true }),
  user_id: text("Duo's ID of the user (DU...), instead of the name."),
  userID: text('Another spelling of user_id: that of the built-in integration.', {
    aliasOf: 'user_id',
  }),
};

/** Exactly one of them must be given. */
export const userNames = ['username', 'user_id', 'userID'] as const;

type UserValues = ArgumentValues<typeof userArguments>;

/** The user for Duo. */
export const toSelector = ({ username, user_id, userID }: UserValues): UserSelector =>
  // The command has checked that one of the three is given.
  username === undefined ? { userId: (user_id ?? userID) as string } : { username };

/** The user for the context. */
export const userContext = (user: UserSelector) => ({
  Username: user.username,
  UserID: user.userId,
});

/** The user for a title. */
export const userTitle = (user: UserSelector): string => user.username ?? user.userId;

/** What a terminal shows while the user has not answered. */
export const waitingForUser = ({ username, user_id, userID }: Partial<UserValues>): string => {
  const user = username ?? user_id ?? userID;
  return user === undefined ? 'Waiting for the answer…' : `Waiting for ${user}'s answer…`;
};
