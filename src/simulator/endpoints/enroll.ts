import { randomBytes } from 'node:crypto';
import { randomDigits } from '../directory/ids.ts';
import { createUser } from '../directory/user.ts';
import { activationUri, createActivation } from '../enrollment/claim-activation.ts';
import { ProtocolError } from '../protocol/error-codes.ts';
import { replied } from '../protocol/outcome.ts';
import { okReply } from '../protocol/reply.ts';
import type { SimulatorState } from '../state.ts';
import type { Endpoint } from './context.ts';

const longestValidSeconds = 30 * 86_400;
const bypassCodeDigits = 9;

const enrollUser = (state: SimulatorState, username: string, bypassCodes: readonly string[]) => {
  const user = createUser(
    {
      username,
      aliases: [],
      groups: [],
      status: 'active',
      answer: 'manual',
      answerAfterSeconds: 0,
      bypassCodes,
      devices: [],
    },
    true,
  );
  state.directory.add(user);
  state.emit('directory');
  return user;
};

/** Creates a user and a code to activate a phone with. */
export const enroll: Endpoint = {
  name: 'enroll',
  path: '/auth/v2/enroll',
  method: 'POST',
  isSigned: true,
  run({ state, params }) {
    const username = params.get('username') ?? randomBytes(16).toString('hex');
    const validSeconds =
      params.wholeNumber('valid_secs', 1, longestValidSeconds) ??
      state.settings.activationExpiresInSeconds;
    const bypassCodes = Array.from({ length: params.wholeNumber('bypass_codes', 1, 10) ?? 0 }, () =>
      randomDigits(bypassCodeDigits),
    );
    if (state.directory.userByName(username)) {
      throw new ProtocolError(40002, 'username');
    }

    const user = enrollUser(state, username, bypassCodes);
    const activation = createActivation(state, user, validSeconds);
    const uri = activationUri(activation, state.authority);
    const response = {
      activation_barcode: `https://${state.authority}/frame/qr?value=${encodeURIComponent(uri)}`,
      activation_code: uri,
      activation_url: `https://${state.authority}/activate/${activation.code}`,
      ...(bypassCodes.length === 0 ? {} : { bypass_codes: bypassCodes }),
      expiration: Math.floor(activation.expiresAtMs / 1000),
      user_id: user.id,
      username: user.username,
    };
    return replied(okReply(response, 'enrolled'));
  },
};
