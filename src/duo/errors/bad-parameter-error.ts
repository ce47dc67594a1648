import { DuoError } from './duo-error.ts';
import { type Fault, listFaults } from './fault.ts';

/** Instance parameters are missing or malformed. All faults are reported at once. */
export class BadParameterError extends DuoError {
  override readonly name = 'BadParameterError';
  readonly code = 'bad_parameter';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(
      `The instance's parameters are not usable: ${listFaults(faults)}.`,
      'Correct them in the instance settings and test again.',
    );
    this.faults = faults;
  }

  protected details(): Record<string, unknown> {
    return { faults: this.faults };
  }
}
