/**
 * An error code of Duo's Auth API. The first three digits are the HTTP status.
 *
 * @see Duo Auth API, "API Details", "Response Format": https://duo.com/docs/authapi#response-format
 */
export type ErrorCode =
  | 40001
  | 40002
  | 40101
  | 40102
  | 40103
  | 40104
  | 40105
  | 40106
  | 40112
  | 40301
  | 40401
  | 40501
  | 42901
  | 50000
  | 50001;

/** Duo's error codes with their messages. */
export const errorMessages: Readonly<Record<ErrorCode, string>> = {
  40001: 'Missing required request parameters',
  40002: 'Invalid request parameters',
  40101: 'Missing request credentials',
  40102: 'Invalid integration key in request credentials',
  40103: 'Invalid signature in request credentials',
  40104: 'Missing request timestamp',
  40105: 'Bad request timestamp',
  40106: 'Invalid request content type',
  40112: 'Signature type is not supported',
  40301: 'Access forbidden',
  40401: 'Resource not found',
  40501: 'Method not allowed',
  42901: 'Too many requests',
  50000: 'Unknown internal server error',
  50001: 'Unknown internal server error',
};

/** Every known code, for validation. */
export const errorCodes: readonly ErrorCode[] = Object.keys(errorMessages).map(
  (code) => Number(code) as ErrorCode,
);

/** A refused request. `handle` turns it into Duo's FAIL envelope. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, detail?: string, headers: Readonly<Record<string, string>> = {}) {
    super(`${code} ${errorMessages[code]}${detail ? ` (${detail})` : ''}`);
    this.code = code;
    this.detail = detail;
    this.headers = headers;
  }
}
