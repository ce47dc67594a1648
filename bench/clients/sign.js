// The signature by hand, for the clients that have none: version 2, SHA-512.
import { createHmac } from 'node:crypto';

const encode = (text) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** The headers and the form of one signed POST. */
export const sign = ({ ikey, skey }, host, path, params) => {
  const date = new Date().toUTCString();
  const body = Object.keys(params)
    .sort()
    .map((name) => `${encode(name)}=${encode(params[name])}`)
    .join('&');
  const text = [date, 'POST', host, path, body].join('\n');
  const signature = createHmac('sha512', skey).update(text).digest('hex');
  const headers = {
    Date: date,
    Authorization: `Basic ${Buffer.from(`${ikey}:${signature}`).toString('base64')}`,
    'Content-Type': 'application/x-www-form-urlencoded',
  };
  return { headers, body };
};
