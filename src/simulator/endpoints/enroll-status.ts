import type { Activation } from '../enrollment/activation.ts';
import { bareActivationCode } from '../enrollment/claim-activation.ts';
import { ProtocolError } from '../protocol/error-codes.ts';
import { replied } from '../protocol/outcome.ts';
import { okReply } from '../protocol/reply.ts';
import type { Endpoint } from './context.ts';

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

/** Says whether an activation code was claimed. */
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
    return replied(okReply(status, status));
  },
};
