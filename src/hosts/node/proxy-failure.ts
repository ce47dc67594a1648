import { isTlsCode } from './tls-failure.ts';

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
