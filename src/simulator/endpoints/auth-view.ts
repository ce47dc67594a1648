import type { IntegrationConfig } from '../config/types.ts';
import { issueTrustedDeviceToken } from '../directory/trusted-device.ts';
import { type Outcome, replied } from '../protocol/outcome.ts';
import { okReply } from '../protocol/reply.ts';
import type { SimulatorState } from '../state.ts';
import { resultOf, type TransactionStatus } from '../transactions/status.ts';

/** How an authentication stands, for whom. */
export interface AuthStanding {
  readonly state: SimulatorState;
  readonly integration: IntegrationConfig;
  readonly userId: string;
  readonly status: TransactionStatus;
  readonly statusText: string;
}

const trustedDeviceView = (standing: AuthStanding): Record<string, unknown> => {
  const { state, integration, userId, status } = standing;
  if (status !== 'allow' || integration.rememberDevicesHours === 0) {
    return {};
  }
  const expiresAtSeconds = state.nowSeconds() + integration.rememberDevicesHours * 3600;
  return {
    trusted_device_token: issueTrustedDeviceToken(
      state.trustedDeviceKey,
      integration.ikey,
      userId,
      expiresAtSeconds,
    ),
  };
};

/** The answer of `auth` and, with `extra`, of `auth_status`. */
export const answerStanding = (
  standing: AuthStanding,
  extra: Record<string, unknown> = {},
): Outcome => {
  const result = resultOf(standing.status);
  const response = {
    ...extra,
    result,
    status: standing.status,
    status_msg: standing.statusText,
    ...trustedDeviceView(standing),
  };
  return replied(okReply(response, `${result}/${standing.status}`));
};
