import type { IntegrationConfig } from '../config/types.ts';
import type { SimulatorState } from '../state.ts';
import { isLockedOut } from './lockout.ts';
import { isInNetworks } from './network.ts';
import { isTrustedDeviceToken } from './trusted-device.ts';
import type { User } from './user.ts';

/** What policy says before any factor is looked at. */
export type Verdict =
  | { readonly kind: 'authenticate'; readonly user: User }
  | { readonly kind: 'allow'; readonly reason: string }
  | { readonly kind: 'deny'; readonly reason: string }
  | { readonly kind: 'locked_out'; readonly reason: string }
  | { readonly kind: 'enroll' };

/** Who wants in, from where. */
export interface GateRequest {
  readonly state: SimulatorState;
  readonly integration: IntegrationConfig;
  readonly user: User | undefined;
  readonly ipAddress: string | undefined;
  readonly trustedDeviceToken: string | undefined;
}

const bypassing = 'Bypassing authentication';
const notPermitted = 'Access denied by policy';

const sharesGroup = (user: User, groups: readonly string[]): boolean =>
  user.groups.some((group) => groups.includes(group));

const newUserVerdict = (integration: IntegrationConfig): Verdict => {
  switch (integration.newUsers) {
    case 'enroll':
      return { kind: 'enroll' };
    case 'allow':
      return { kind: 'allow', reason: 'Allowing unknown user' };
    case 'deny':
      return { kind: 'deny', reason: 'You are not permitted to access this application.' };
    default:
      return integration.newUsers satisfies never;
  }
};

const statusVerdict = (state: SimulatorState, user: User): Verdict | undefined => {
  if (isLockedOut(state, user)) {
    return {
      kind: 'locked_out',
      reason: 'Your account is locked out. Contact your administrator.',
    };
  }
  switch (user.status) {
    case 'disabled':
      return {
        kind: 'deny',
        reason: 'Your account is disabled and cannot access this application.',
      };
    case 'bypass':
      return { kind: 'allow', reason: bypassing };
    case 'active':
    case 'locked_out':
      return undefined;
    default:
      return user.status satisfies never;
  }
};

const hasTrustedDevice = ({ state, integration, trustedDeviceToken }: GateRequest, user: User) =>
  integration.rememberDevicesHours > 0 &&
  trustedDeviceToken !== undefined &&
  isTrustedDeviceToken(
    state.trustedDeviceKey,
    trustedDeviceToken,
    integration.ikey,
    user.id,
    state.nowSeconds(),
  );

/** Decides who needs a second factor at all. Blocks come first, so that no bypass opens them. */
export const decideAccess = (request: GateRequest): Verdict => {
  const { state, integration, user, ipAddress } = request;
  if (isInNetworks(ipAddress, integration.blockedNetworks)) {
    return { kind: 'deny', reason: notPermitted };
  }
  if (user && sharesGroup(user, integration.blockedGroups)) {
    return { kind: 'deny', reason: notPermitted };
  }
  const verdict = user && statusVerdict(state, user);
  if (verdict) {
    return verdict;
  }
  if (isInNetworks(ipAddress, integration.trustedNetworks)) {
    return { kind: 'allow', reason: bypassing };
  }
  if (!user) {
    return newUserVerdict(integration);
  }
  if (sharesGroup(user, integration.bypassGroups)) {
    return { kind: 'allow', reason: bypassing };
  }
  if (hasTrustedDevice(request, user)) {
    return { kind: 'allow', reason: 'Remembered device' };
  }
  if (user.devices.length === 0 && user.bypassCodes.size === 0) {
    return newUserVerdict(integration);
  }
  return { kind: 'authenticate', user };
};
