import type { Fault } from '../../duo/errors/input-errors.ts';

/** The settings of the login gateway cannot be used. All faults are reported at once. */
export class LoginSettingsError extends Error {
  override readonly name = 'LoginSettingsError';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    const lines = faults.map(({ name, rule }) => `  ${name}: ${rule}`);
    super(`The login settings are not usable:\n${lines.join('\n')}`);
    this.faults = faults;
  }
}
