import { createHmac, timingSafeEqual } from 'node:crypto';

const mark = (key: Buffer, payload: string): Buffer =>
  createHmac('sha1', key).update(payload).digest();

const payloadOf = (ikey: string, userId: string, expiresAtSeconds: number): string =>
  `${Buffer.from(`${ikey}:${userId}`).toString('base64')}||${expiresAtSeconds}`;

/** A token that lets this user of this integration in until it expires: `base64||expiry|40 hex`. */
export const issueTrustedDeviceToken = (
  key: Buffer,
  ikey: string,
  userId: string,
  expiresAtSeconds: number,
): string => {
  const payload = payloadOf(ikey, userId, expiresAtSeconds);
  return `${payload}|${mark(key, payload).toString('hex')}`;
};

/** Whether a token is one of ours, for this user and integration, and still good. */
export const isTrustedDeviceToken = (
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
  const expected = mark(key, payloadOf(ikey, userId, expiresAtSeconds));
  return timingSafeEqual(expected, Buffer.from(parts[2], 'hex'));
};
