export { MissingPackageError } from '../optional/load-optional-package.ts';
export type { Cancel, SimulatorClock } from './clock.ts';
export { createManualClock, createSystemClock } from './clock.ts';
export { SimulatorConfigError } from './config/config-error.ts';
export type {
  DeviceInput,
  IntegrationInput,
  SimulatorConfig,
  UserInput,
} from './config/config-input.ts';
export { defaultConfigText, defaultIkey, defaultSkey } from './config/default-config.ts';
export type {
  AnswerHabit,
  Capability,
  DeviceConfig,
  DeviceKind,
  Factor,
  IntegrationConfig,
  Settings,
  UserConfig,
  UserStatus,
} from './config/types.ts';
export type {
  ActivationView,
  DeviceView,
  PhoneView,
  SimulatorControl,
  TransactionView,
  UserChange,
  UserView,
} from './control/types.ts';
export type { EndpointName, Fault, FaultEffect } from './faults/fault.ts';
export type { ErrorCode } from './protocol/error-codes.ts';
export type { SignatureScheme } from './protocol/signature.ts';
export type { LogEntry } from './request-log.ts';
export { startSimulator } from './start-simulator.ts';
export { formatRequest, formatStartup } from './terminal.ts';
export type { Answer, AnswerOutcome } from './transactions/answer.ts';
export type { AuthResult, TransactionStatus } from './transactions/status.ts';
export type { Simulator, SimulatorOptions } from './types.ts';
