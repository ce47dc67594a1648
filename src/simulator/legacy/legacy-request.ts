import type { User } from '../directory/user.ts';
import type { SignedContext } from '../endpoints/context.ts';
import { factorCodes, readFactorCode } from '../endpoints/factor-codes.ts';
import type { RequestedFactor } from '../endpoints/requested-factor.ts';
import type { SelectedUser } from '../endpoints/select-user.ts';
import { ProtocolError } from '../protocol/error-codes.ts';

/** Reads `user`, which version 1 says for `username`. */
export const selectLegacyUser = ({ state, params }: SignedContext): SelectedUser => {
  const username = params.require('user');
  return { username, user: state.directory.userByName(username) };
};

/** `phone2` stands for the second phone, whatever the factor. */
const codeFor = (factor: string, phone: string): string =>
  `${factor}${/^phone(\d+)$/.exec(phone)?.[1] ?? ''}`;

/** Reads the factor of version 1, where `auto` carries a factor code or a passcode. */
export const readLegacyFactor = (
  { params, integration }: SignedContext,
  user: User | undefined,
): RequestedFactor => {
  const factor = params.require('factor');
  switch (factor) {
    case 'auto': {
      const first = user && factorCodes(user, integration)[0]?.code;
      const chosen = params.get('auto') ?? first;
      if (chosen === undefined) {
        throw new ProtocolError(40001, 'auto');
      }
      return readFactorCode(user, integration, chosen, undefined);
    }
    case 'push':
    case 'phone':
    case 'sms': {
      const code = codeFor(factor, params.get('phone') ?? 'phone1');
      return readFactorCode(user, integration, code, undefined);
    }
    case 'passcode':
      return { kind: 'passcode', passcode: params.require('code') };
    default:
      throw new ProtocolError(40002, 'factor');
  }
};
