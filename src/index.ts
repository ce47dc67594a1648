export type { ConnectionOptions } from './duo/connection-settings.ts';
export type { AuthParams, AuthStarted, Factor } from './duo/endpoints/auth.ts';
export type {
  AuthAllowed,
  AuthDenied,
  AuthResponse,
  AuthStatusResponse,
  AuthWaiting,
} from './duo/endpoints/auth-reply.ts';
export type { AuthStatusParams } from './duo/endpoints/auth-status.ts';
export type { Device } from './duo/endpoints/device.ts';
export type { EnrollParams, EnrollResponse } from './duo/endpoints/enroll.ts';
export type { EnrollStatusParams, EnrollStatusResponse } from './duo/endpoints/enroll-status.ts';
export type { RawResponse } from './duo/endpoints/envelope.ts';
export type { LogoResponse } from './duo/endpoints/logo.ts';
export type { TimeResponse } from './duo/endpoints/ping.ts';
export type { PreauthParams, PreauthResponse, VerifiedPush } from './duo/endpoints/preauth.ts';
export type { Pushinfo } from './duo/endpoints/pushinfo.ts';
export type { UserSelector } from './duo/endpoints/user-selector.ts';
export { BadArgumentError } from './duo/errors/bad-argument-error.ts';
export { BadParameterError } from './duo/errors/bad-parameter-error.ts';
export { CancelledError } from './duo/errors/cancelled-error.ts';
export type { DuoErrorCode, DuoErrorJson } from './duo/errors/duo-error.ts';
export { DuoError, duoErrorCodes, explain } from './duo/errors/duo-error.ts';
export type { Fault } from './duo/errors/fault.ts';
export type { NetworkErrorKind, SentState } from './duo/errors/network-error.ts';
export { NetworkError } from './duo/errors/network-error.ts';
export { DuoApiError } from './duo/errors/refused-error.ts';
export { UnknownCommandError } from './duo/errors/unknown-command-error.ts';
export { InvalidResponseError } from './duo/errors/unreadable-reply-error.ts';
export type { Progress } from './duo/plan.ts';
export type { Endpoint } from './duo/request.ts';
export type { HashAlgorithm } from './duo/signing/primitives.ts';
export type { Signed, SignRequestInput } from './duo/signing/sign-request.ts';
export { version } from './duo/version.ts';
export type { Integration } from './hosts/node/create-integration.ts';
export { createIntegration } from './hosts/node/create-integration.ts';
export type { CallOptions } from './hosts/node/drive.ts';
export type { DuoClientOptions, WaitOptions } from './hosts/node/duo-client.ts';
export { DuoClient } from './hosts/node/duo-client.ts';
export type { LogFields, Logger } from './hosts/node/logger.ts';
export { signRequest } from './hosts/node/sign-request.ts';
export type { TransportOptions } from './hosts/node/transport.ts';
export type { Command, Output } from './integration/command.ts';
export { commands } from './integration/commands/table.ts';
export type { Entry } from './integration/entry.ts';
export type { EntryContext } from './integration/result.ts';
export { isAllowed } from './integration/verdict.ts';
