/**
 * The Duo simulator, for tests. docs/simulator.md describes it.
 *
 * @module xsoar-duo/simulator
 */
export type { ExplainedLine, SignatureExplanation } from './api/explain-signature.ts';
export { defaultConfigText, defaultIkey, defaultSkey } from './config/default-config.ts';
export { SimulatorConfigError } from './config/load-config.ts';
export type {
  ActivationView,
  DeviceView,
  ExchangeView,
  HeaderView,
  PhoneView,
  SimulatorControl,
  TransactionView,
  UserChange,
  UserView,
} from './control/types.ts';
export type { Answer, AnswerOutcome } from './core/answer-transaction.ts';
export type { Cancel, SimulatorClock } from './core/clock.ts';
export { createManualClock, createSystemClock } from './core/clock.ts';
export type {
  AnswerHabit,
  Capability,
  DeviceConfig,
  DeviceInput,
  DeviceKind,
  Factor,
  IntegrationConfig,
  IntegrationInput,
  Settings,
  SignatureScheme,
  SimulatorConfig,
  UserConfig,
  UserInput,
  UserStatus,
} from './core/configuration.ts';
export type { ErrorCode } from './core/error-codes.ts';
export type { EndpointName, FaultEffect, InjectedFault } from './core/fault.ts';
export type { LogEntry } from './core/request-log.ts';
export type { AuthResult, TransactionDetails, TransactionStatus } from './core/transaction.ts';
export type { Simulator, SimulatorOptions } from './start-simulator.ts';
export { startSimulator } from './start-simulator.ts';
