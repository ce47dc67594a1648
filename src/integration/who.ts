import type { UserSelector } from '../duo/endpoints/preauth.ts';
import type { Fault } from '../duo/errors/input-errors.ts';
import { text, type Values } from './argument.ts';

/** The arguments that say who is meant. */
export const whoArguments = {
  username: text('Name of the user in Duo; an alias will do.', { positional: true }),
  userID: text("Duo's ID of the user (DU...), instead of the name."),
  user_id: text('Another spelling of userID.', { aliasOf: 'userID' }),
};

type WhoValues = Values<typeof whoArguments>;

/** Exactly one of the spellings must be given. */
export const checkWho = (given: (name: keyof typeof whoArguments) => boolean): Fault[] => {
  if (given('userID') && given('user_id')) {
    return [{ name: 'user_id', rule: 'is another spelling of userID: give one of them' }];
  }
  const byName = given('username');
  const byId = given('userID') || given('user_id');
  if (byName === byId) {
    return [{ name: 'username', rule: 'give either username or userID' }];
  }
  return [];
};

/** Who was meant, for Duo. */
export const toSelector = ({ username, userID, user_id }: WhoValues): UserSelector =>
  // checkWho has seen to it that one of the three is there.
  username === undefined ? { userId: (userID ?? user_id) as string } : { username };

/** Who was meant, for context. */
export const whoContext = (user: UserSelector) => ({
  Username: user.username,
  UserID: user.userId,
});

/** Who was meant, for a title. */
export const whoTitle = (user: UserSelector): string =>
  user.username === undefined ? user.userId : user.username;
