import { createHmac, timingSafeEqual } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import type { IntegrationConfig } from './configuration.ts';
import type { User } from './directory.ts';
import type { SimulatorState } from './state.ts';

/** Whether the user is locked out. An expired lockout is lifted. */
export const isLockedOut = (state: SimulatorState, user: User): boolean => {
  if (user.status === 'locked_out') {
    return true;
  }
  if (user.lockedAtMs === undefined) {
    return false;
  }
  const { lockoutSeconds } = state.settings;
  if (lockoutSeconds === 0 || state.now() < user.lockedAtMs + lockoutSeconds * 1000) {
    return true;
  }
  unlock(user);
  return false;
};

/** Counts a denied push or call, or a wrong passcode. A timeout does not count. */
export const countFailure = (state: SimulatorState, user: User): void => {
  user.failures += 1;
  const limit = state.settings.lockoutAfterFailures;
  if (limit > 0 && user.failures >= limit) {
    user.lockedAtMs ??= state.now();
  }
};

/** Restarts the count after a success. */
export const clearFailures = (user: User): void => {
  user.failures = 0;
};

/** Lifts a lockout. */
export const unlock = (user: User): void => {
  user.failures = 0;
  user.lockedAtMs = undefined;
  if (user.status === 'locked_out') {
    user.status = 'active';
  }
};

/** What policy decides before any factor is considered. */
export type Verdict =
  | { readonly kind: 'authenticate'; readonly user: User }
  | { readonly kind: 'allow'; readonly reason: string }
  | { readonly kind: 'deny'; readonly reason: string }
  | { readonly kind: 'locked_out'; readonly reason: string }
  | { readonly kind: 'enroll' };

/** Who asks for access, and from where. */
export interface AccessRequest {
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
  }
};

const hasTrustedDevice = ({ state, integration, trustedDeviceToken }: AccessRequest, user: User) =>
  integration.rememberDevicesHours > 0 &&
  trustedDeviceToken !== undefined &&
  isTrustedDeviceToken(
    state.trustedDeviceKey,
    trustedDeviceToken,
    integration.ikey,
    user.id,
    state.nowSeconds(),
  );

/** Decides whether a second factor is needed. Blocks come first, so that no bypass overrides them. */
export const decideAccess = (request: AccessRequest): Verdict => {
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

/** Whether an address lies in one of the networks, written `10.0.0.0/8` or as a single address. */
const isInNetworks = (address: string | undefined, networks: readonly string[]): boolean => {
  if (address === undefined || isIP(address) === 0) {
    return false;
  }
  const list = new BlockList();
  for (const network of networks) {
    const [base = '', bits] = network.split('/');
    const family = isIP(base) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) {
      list.addAddress(base, family);
    } else {
      list.addSubnet(base, Number(bits), family);
    }
  }
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
};

/** Whether a text is such a network. */
export const isNetwork = (text: string): boolean => {
  const [base = '', bits, ...rest] = text.split('/');
  const family = isIP(base);
  if (family === 0 || rest.length > 0) {
    return false;
  }
  if (bits === undefined) {
    return true;
  }
  return /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128);
};

const hmacOf = (key: Buffer, payload: string): Buffer =>
  createHmac('sha1', key).update(payload).digest();

const payloadOf = (ikey: string, userId: string, expiresAtSeconds: number): string =>
  `${Buffer.from(`${ikey}:${userId}`).toString('base64')}||${expiresAtSeconds}`;

/** Issues a token that bypasses the second factor until it expires: `base64||expiry|40 hex`. */
export const issueTrustedDeviceToken = (
  key: Buffer,
  ikey: string,
  userId: string,
  expiresAtSeconds: number,
): string => {
  const payload = payloadOf(ikey, userId, expiresAtSeconds);
  return `${payload}|${hmacOf(key, payload).toString('hex')}`;
};

/** Whether a token was issued here, for this user and integration, and is still valid. */
const isTrustedDeviceToken = (
  key: Buffer,
  token: string,
  ikey: string,
  userId: string,
  nowSeconds: number,
): boolean => {
  const parts = /^[A-Za-z0-9+/=]+\|\|(\d{1,12})\|([0-9a-f]{40})$/.exec(token);
  const expiresAtSeconds = Number(parts?.[1]);
  if (!parts?.[2] || expiresAtSeconds <= nowSeconds) {
    return false;
  }
  const expected = hmacOf(key, payloadOf(ikey, userId, expiresAtSeconds));
  return timingSafeEqual(expected, Buffer.from(parts[2], 'hex'));
};
