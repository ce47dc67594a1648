/**
 * The integration in Node, and a typed client of the Auth API of Duo.
 *
 * @module xsoar-duo
 */
export type { ConnectionOptions } from './duo/connection-settings.ts';
export type {
  AuthParams,
  AuthStarted,
  Factor,
  FactorParams,
  Pushinfo,
  PushOptions,
} from './duo/endpoints/auth.ts';
export type {
  AllowStatus,
  AuthAllowed,
  AuthDenied,
  AuthResponse,
  AuthStatusParams,
  AuthStatusResponse,
  AuthWaiting,
  DenyStatus,
  WaitingStatus,
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
  PreauthBase,
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
export type { ApiFailure } from './duo/errors/response-errors.ts';
export { DuoApiError, InvalidResponseError } from './duo/errors/response-errors.ts';
export type { Progress } from './duo/plan.ts';
export type { Endpoint } from './duo/request.ts';
export type { HashAlgorithm, Signed, SignRequestInput } from './duo/sign-request.ts';
export { version } from './duo/version.ts';
export type {
  AnyCommandName,
  Integration,
  RunParameters,
} from './hosts/node/create-integration.ts';
export { createIntegration } from './hosts/node/create-integration.ts';
export type { CallOptions } from './hosts/node/drive.ts';
export type { Call, DuoClientOptions, WaitOptions } from './hosts/node/duo-client.ts';
export { DuoClient } from './hosts/node/duo-client.ts';
export type { Log, LogFields, Logger } from './hosts/node/logger.ts';
export { signRequest } from './hosts/node/sign-request.ts';
export type { TransportOptions } from './hosts/node/transport.ts';
export type { Argument, Arguments } from './integration/argument.ts';
export type { Command, GivenArguments } from './integration/command.ts';
export type { CommandInputs, CommandName, CommandTable } from './integration/commands/table.ts';
export { commands } from './integration/commands/table.ts';
export type {
  CommandResult,
  Entry,
  EntryContext,
  FileEntry,
  NoteEntry,
  Output,
  Poll,
  ResultFile,
} from './integration/entry.ts';
export { isAllowed } from './integration/entry.ts';
export type { Readable, Sentence, Text } from './integration/readable.ts';
