import { isIP } from 'node:net';
import { randomLetters } from '../directory/ids.ts';
import type { User } from '../directory/user.ts';
import { ProtocolError } from '../protocol/error-codes.ts';
import type { SignedContext } from './context.ts';

/** Whom a request is about; `user` is absent for a username that nobody has. */
export interface SelectedUser {
  readonly username: string;
  readonly user: User | undefined;
}

/**
 * Reads `username` or `user_id`, of which there must be one.
 *
 * @throws ProtocolError 40001 for none, 40002 for both or an unknown id.
 */
export const selectUser = ({ state, params }: SignedContext): SelectedUser => {
  const username = params.get('username');
  const userId = params.get('user_id');
  if (username !== undefined && userId !== undefined) {
    throw new ProtocolError(40002, 'user_id');
  }
  if (username !== undefined) {
    return { username, user: state.directory.userByName(username) };
  }
  if (userId === undefined) {
    throw new ProtocolError(40001, 'username');
  }
  const user = state.directory.userById(userId);
  if (!user) {
    throw new ProtocolError(40002, 'user_id');
  }
  return { username: user.username, user };
};

/** Reads `ipaddr`. What is no address is ignored, unless settings are strict. */
export const readIpAddress = ({ state, params }: SignedContext): string | undefined => {
  const text = params.get('ipaddr');
  if (text === undefined || isIP(text) !== 0) {
    return text;
  }
  if (state.settings.strictIpAddress) {
    throw new ProtocolError(40002, 'ipaddr');
  }
  return undefined;
};

const portalCodeLength = 16;

/** Makes the link under which a user can enroll, once and for a few minutes. */
export const createPortalUrl = ({ state }: SignedContext, username: string): string => {
  const code = randomLetters(portalCodeLength).toLowerCase();
  const expiresAtMs = state.now() + state.settings.portalExpiresInSeconds * 1000;
  state.portals.set(code, { username }, expiresAtMs);
  return `https://${state.authority}/portal?code=${code}&akey=DASIMULATOR000000000`;
};
