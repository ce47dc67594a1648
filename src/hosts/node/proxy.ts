import { getProxyForUrl } from 'proxy-from-env';
import { BadParameterError } from '../../duo/errors/input-errors.ts';
import { isTlsCode } from './tls-failure.ts';

/** A proxy that opens tunnels. */
export interface HttpProxy {
  /** The proxy itself is spoken to over TLS. */
  readonly isTls: boolean;
  readonly host: string;
  readonly port: number;
  /** The value of `Proxy-Authorization`: a secret. */
  readonly authorization: string | undefined;
}

const refuse = (rule: string): never => {
  throw new BadParameterError([{ name: 'HTTPS_PROXY', rule }]);
};

const parse = (address: string): URL => {
  try {
    return new URL(address);
  } catch {
    // The error of the parser quotes the address, which may hold a password.
    return refuse('is not an address such as http://proxy.example:3128');
  }
};

// A password may hold a percent sign that no one encoded.
const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const authorizationOf = ({ username, password }: URL): string | undefined =>
  username === ''
    ? undefined
    : `Basic ${Buffer.from(`${decode(username)}:${decode(password)}`).toString('base64')}`;

const variables = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];

/**
 * An address without a scheme is that of an ordinary proxy, as for curl and XSOAR. The library gives it
 * the scheme of the request, https.
 */
const withScheme = (address: string): string => {
  const [, bare] = /^https:\/\/(.*)$/.exec(address) ?? [];
  const isBare = bare !== undefined && variables.some((name) => process.env[name] === bare);
  return isBare ? `http://${bare}` : address;
};

/**
 * The system's proxy for an address, by HTTPS_PROXY and NO_PROXY; `undefined` for a direct way.
 *
 * @throws {@link BadParameterError} when the variable holds no address of a proxy. It is not shown.
 */
export const findProxy = (url: string): HttpProxy | undefined => {
  const address = getProxyForUrl(url);
  if (address === '') {
    return undefined;
  }
  const parsed = parse(withScheme(address));
  const isTls = parsed.protocol === 'https:';
  if (!isTls && parsed.protocol !== 'http:') {
    return refuse('must begin with http:// or https://: other kinds of proxy are not known');
  }
  const defaultPort = isTls ? 443 : 80;
  return {
    isTls,
    // An IPv6 address is in brackets in a URL, and without them in a connection.
    host: parsed.hostname.replace(/^\[|\]$/g, ''),
    port: parsed.port === '' ? defaultPort : Number(parsed.port),
    authorization: authorizationOf(parsed),
  };
};

/** The proxy did not open a tunnel. Nothing has been sent to Duo. */
export class ProxyFailure extends Error {
  /** The system's code, or `HTTP_` and the status that the proxy answered with. */
  readonly code: string;
  /** What the proxy did, to go after "The proxy did not connect to …: ". */
  readonly detail: string;
  /** What to do about it, where that is known better than usual. */
  readonly advice: string | undefined;

  constructor(code: string, detail: string, advice?: string) {
    super(detail);
    this.code = code;
    this.detail = detail;
    this.advice = advice;
  }
}

const wantsPassword =
  'The proxy wants a user name and a password, or refuses those it got: set HTTPS_PROXY to http://USER:PASSWORD@HOST:PORT.';

/** The proxy answered with a status of its own. */
export const proxyRefused = (status: number): ProxyFailure =>
  new ProxyFailure(
    `HTTP_${status}`,
    `it answered with HTTP ${status}`,
    status === 407 ? wantsPassword : undefined,
  );

/** The proxy said yes and then spoke itself, where Duo should be silent until it is spoken to. */
export const proxySpoke = (): ProxyFailure =>
  new ProxyFailure('PROXY_SPOKE', 'it answered with a page of its own');

/** The proxy could not be reached, is not trusted, or broke off. */
export const proxyUnreachable = (code: string): ProxyFailure =>
  isTlsCode(code)
    ? new ProxyFailure(
        code,
        `the proxy itself is not trusted (${code})`,
        'If the certificate of the proxy comes from an authority of your own, name it in "ca_file".',
      )
    : new ProxyFailure(code, `the proxy itself could not be reached (${code})`);
