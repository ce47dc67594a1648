import { randomBytes } from 'node:crypto';
import {
  activationUri,
  bareActivationCode,
  createActivation,
  enrollUser,
} from '../core/enrollment.ts';
import { ProtocolError } from '../core/error-codes.ts';
import { randomDigits } from '../core/ids.ts';
import type { Activation } from '../core/state.ts';
import { type Endpoint, matchedName } from './endpoint.ts';
import { respondOk } from './response.ts';

const longestValidSeconds = 30 * 86_400;
const bypassCodeDigits = 9;

/**
 * `/enroll`: creates a user and an activation code.
 *
 * @see Duo Auth API, "Endpoints", "/enroll": https://duo.com/docs/authapi#/enroll
 */
export const enroll: Endpoint = {
  name: 'enroll',
  path: '/auth/v2/enroll',
  method: 'POST',
  isSigned: true,
  run(context) {
    const { state, params } = context;
    const sent = params.get('username');
    const username = sent ? matchedName(context, sent) : randomBytes(16).toString('hex');
    const validSeconds =
      params.wholeNumber('valid_secs', 1, longestValidSeconds) ??
      state.settings.activationExpiresInSeconds;
    const bypassCodes = Array.from({ length: params.wholeNumber('bypass_codes', 1, 10) ?? 0 }, () =>
      randomDigits(bypassCodeDigits),
    );
    if (state.directory.userByName(username)) {
      throw new ProtocolError(40002, 'username already exists');
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
    return respondOk(response, 'enrolled');
  },
};

type EnrollmentStatus = 'success' | 'waiting' | 'invalid';

const statusOf = (
  activation: Activation | undefined,
  userId: string,
  nowMs: number,
): EnrollmentStatus => {
  if (!activation || activation.userId !== userId) {
    return 'invalid';
  }
  if (activation.isClaimed) {
    return 'success';
  }
  return activation.expiresAtMs > nowMs ? 'waiting' : 'invalid';
};

/**
 * `/enroll_status`: whether an activation code was claimed.
 *
 * @see Duo Auth API, "Endpoints", "/enroll_status": https://duo.com/docs/authapi#/enroll_status
 */
export const enrollStatus: Endpoint = {
  name: 'enroll_status',
  path: '/auth/v2/enroll_status',
  method: 'POST',
  isSigned: true,
  run({ state, params }) {
    const userId = params.require('user_id');
    const code = bareActivationCode(params.require('activation_code'));
    if (!state.directory.userById(userId)) {
      throw new ProtocolError(40002, 'user_id');
    }
    const status = statusOf(state.activations.get(code, state.now()), userId, state.now());
    return respondOk(status, status);
  },
};
