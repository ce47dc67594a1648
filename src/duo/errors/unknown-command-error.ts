import { sanitizeText } from '../sanitize-text.ts';
import { DuoError } from './duo-error.ts';

/** No command has this name. */
export class UnknownCommandError extends DuoError {
  override readonly name = 'UnknownCommandError';
  readonly code = 'unknown_command';
  readonly command: string;

  /** The known command that was probably meant, if one is close. */
  readonly suggestion: string | undefined;

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
