import { TLSSocket } from 'node:tls';
import type { AxiosProxyConfig, AxiosResponse } from 'axios';
import { getProxyForUrl } from 'proxy-from-env';

/** The system's proxy for an address, by HTTPS_PROXY and NO_PROXY; `undefined` for a direct way. */
export const findProxy = (url: string): AxiosProxyConfig | undefined => {
  const address = getProxyForUrl(url);
  if (address === '') {
    return undefined;
  }
  const { protocol, hostname, port, username, password } = new URL(address);
  const defaultPort = protocol === 'https:' ? 443 : 80;
  return {
    protocol,
    host: hostname,
    port: port === '' ? defaultPort : Number(port),
    ...(username !== '' && {
      auth: { username: decodeURIComponent(username), password: decodeURIComponent(password) },
    }),
  };
};

/**
 * Did the proxy itself answer? When it refuses to connect, its answer arrives in place of Duo's; only
 * Duo's comes over TLS.
 */
export const isProxysOwn = ({ request }: AxiosResponse): boolean =>
  !(request?.socket instanceof TLSSocket);
