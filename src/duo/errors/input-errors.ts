import { sanitizeText } from '../text.ts';
import { DuoError } from './duo-error.ts';

/** One broken rule: the field's name and the rule, never the value that broke it. */
export interface Fault {
  readonly name: string;
  readonly rule: string;
}

/** `timeout: must be a number; hostname: is missing`. */
export const listFaults = (faults: readonly Fault[]): string =>
  faults.map(({ name, rule }) => `${sanitizeText(name)}: ${rule}`).join('; ');

/** Instance parameters are missing or malformed. All faults are reported at once. */
export class BadParameterError extends DuoError {
  override readonly name = 'BadParameterError';
  readonly code = 'bad_parameter';
  readonly faults: readonly Fault[];

  /** @internal */
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

/** A command's arguments are missing, malformed or in conflict. All faults are reported at once. */
export class BadArgumentError extends DuoError {
  override readonly name = 'BadArgumentError';
  readonly code = 'bad_argument';

  /** The command or endpoint whose arguments these are. */
  readonly command: string;
  readonly faults: readonly Fault[];

  /** @internal */
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

/** No command has this name. */
export class UnknownCommandError extends DuoError {
  override readonly name = 'UnknownCommandError';
  readonly code = 'unknown_command';
  readonly command: string;

  /** The known command that was probably meant, if one is close. */
  readonly suggestion: string | undefined;

  /** @internal */
  constructor(command: string, known: readonly string[], suggestion?: string) {
    super(
      `There is no command ${sanitizeText(command)}.`,
      suggestion === undefined
        ? `The commands are ${known.join(', ')}.`
        : `Did you mean ${suggestion}?`,
    );
    this.command = command;
    this.suggestion = suggestion;
  }

  protected details(): Record<string, unknown> {
    return { command: this.command, suggestion: this.suggestion };
  }
}
