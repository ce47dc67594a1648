export type { ConnectionOptions } from './duo/connection-settings.ts';
export { version } from './duo/connection-settings.ts';
export type { AuthParams, AuthStarted, Factor, Pushinfo } from './duo/endpoints/auth.ts';
export type {
  AuthAllowed,
  AuthDenied,
  AuthResponse,
  AuthStatusParams,
  AuthStatusResponse,
  AuthWaiting,
} from './duo/endpoints/auth-status.ts';
export type {
  EnrollParams,
  EnrollResponse,
  EnrollStatusParams,
  EnrollStatusResponse,
} from './duo/endpoints/enroll.ts';
export type { LogoResponse } from './duo/endpoints/logo.ts';
export type { TimeResponse } from './duo/endpoints/ping.ts';
export type {
  Device,
  PreauthParams,
  PreauthResponse,
  UserSelector,
  VerifiedPush,
} from './duo/endpoints/preauth.ts';
export type { RawResponse } from './duo/endpoints/response.ts';
export type { DuoErrorCode, DuoErrorJson, SentState } from './duo/errors/duo-error.ts';
export { DuoError, duoErrorCodes, explain } from './duo/errors/duo-error.ts';
export type { Fault } from './duo/errors/input-errors.ts';
export {
  BadArgumentError,
  BadParameterError,
  UnknownCommandError,
} from './duo/errors/input-errors.ts';
export type { NetworkErrorKind } from './duo/errors/network-error.ts';
export { CancelledError, NetworkError } from './duo/errors/network-error.ts';
export { DuoApiError, InvalidResponseError } from './duo/errors/response-errors.ts';
export type { Progress } from './duo/plan.ts';
export type { Endpoint } from './duo/request.ts';
export type { HashAlgorithm, Signed, SignRequestInput } from './duo/signing/sign-request.ts';
export type { Integration } from './hosts/node/create-integration.ts';
export { createIntegration } from './hosts/node/create-integration.ts';
export type { CallOptions } from './hosts/node/drive.ts';
export type { DuoClientOptions, WaitOptions } from './hosts/node/duo-client.ts';
export { DuoClient } from './hosts/node/duo-client.ts';
export type { LogFields, Logger } from './hosts/node/logger.ts';
export { signRequest } from './hosts/node/sign-request.ts';
export type { TransportOptions } from './hosts/node/transport.ts';
export type { Command } from './integration/command.ts';
export type { CommandInputs, CommandName } from './integration/commands/table.ts';
export { commands } from './integration/commands/table.ts';
export type { CommandResult, Entry, EntryContext, Output } from './integration/entry.ts';
export { isAllowed } from './integration/entry.ts';
export type { Readable, Sentence, Text } from './integration/readable.ts';
