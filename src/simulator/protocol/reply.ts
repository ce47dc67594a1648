import { type ErrorCode, errorMessages, type ProtocolError } from './error-codes.ts';

/** What goes back over the wire. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** For the log: `auth`, `waiting/pushed`, `40103`. */
  readonly outcome: string;
  readonly code?: ErrorCode;
  /** Send only this many bytes of the body, then cut the connection. */
  readonly cutAtByte?: number;
}

const json = { 'content-type': 'application/json' };

/** Duo's success envelope. */
export const okReply = (response: unknown, outcome: string): Reply => {
  const body = Buffer.from(JSON.stringify({ stat: 'OK', response }));
  return { status: 200, headers: json, body, outcome };
};

/** Duo's failure envelope. */
export const failReply = (
  code: ErrorCode,
  detail?: string,
  headers: Readonly<Record<string, string>> = {},
): Reply => {
  const envelope = {
    code,
    message: errorMessages[code],
    ...(detail === undefined ? {} : { message_detail: detail }),
    stat: 'FAIL',
  };
  return {
    status: Math.floor(code / 100),
    headers: { ...json, ...headers },
    body: Buffer.from(JSON.stringify(envelope)),
    outcome: `${code}${detail ? ` ${detail}` : ''}`,
    code,
  };
};

/** The failure envelope of a refused request. */
export const errorReply = (error: ProtocolError): Reply =>
  failReply(error.code, error.detail, error.headers);

/** What Duo's front end answers when a request does not reach the API: a page, not JSON. */
export const htmlReply = (status: number, title: string): Reply => {
  const heading = `${status} ${title}`;
  const body = Buffer.from(
    `<html>\r\n<head><title>${heading}</title></head>\r\n<body>\r\n` +
      `<center><h1>${heading}</h1></center>\r\n<hr><center>Duo/1.0</center>\r\n</body>\r\n</html>\r\n`,
  );
  return { status, headers: { 'content-type': 'text/html' }, body, outcome: heading };
};
