import type { Fault } from '../faults/fault.ts';
import type { DeviceConfig, IntegrationConfig, Settings, UserConfig } from './types.ts';

type With<T, K extends keyof T> = Partial<T> & Pick<T, K>;

/** A device; only its kind must be given. */
export type DeviceInput = With<DeviceConfig, 'kind'>;

/** A user; only the username must be given. */
export type UserInput = With<Omit<UserConfig, 'devices'>, 'username'> & {
  readonly devices?: readonly DeviceInput[];
};

/** An application; only its keys must be given. */
export type IntegrationInput = With<IntegrationConfig, 'ikey' | 'skey'>;

/** A configuration as it is written: a section that is absent keeps its default. */
export interface SimulatorConfig {
  readonly settings?: Partial<Settings>;
  readonly integrations?: readonly IntegrationInput[];
  readonly users?: readonly UserInput[];
  readonly faults?: readonly Fault[];
}
