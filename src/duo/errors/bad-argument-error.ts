import { DuoError } from './duo-error.ts';
import { type Fault, listFaults } from './fault.ts';

/** A command's arguments are missing, malformed or in conflict. All faults are reported at once. */
export class BadArgumentError extends DuoError {
  override readonly name = 'BadArgumentError';
  readonly code = 'bad_argument';

  /** The command or endpoint whose arguments these are. */
  readonly command: string;
  readonly faults: readonly Fault[];

  constructor(command: string, faults: readonly Fault[]) {
    super(
      `The arguments of ${command} are not usable: ${listFaults(faults)}.`,
      'Nothing was sent to Duo. Correct the arguments and run it again.',
    );
    this.command = command;
    this.faults = faults;
  }

  protected details(): Record<string, unknown> {
    return { command: this.command, faults: this.faults };
  }
}
