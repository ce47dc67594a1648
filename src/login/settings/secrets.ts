import type { Fault } from '../../duo/errors/input-errors.ts';
import type { SecretPlace } from './fields.ts';

/** What the settings may ask of the outside. Nothing here reads the process or the disk itself. */
export interface SettingsSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The text of a file named in the settings. Throws when it cannot be read. */
  readonly readFile: (path: string) => string;
}

/** Fetches secrets by place and notes what is wrong with any of them. */
export interface SecretReader {
  read(name: string, place: SecretPlace): string;
  readonly faults: readonly Fault[];
}

/** A reader whose faults name the setting and the place, never the value. */
export const createSecretReader = ({ env, readFile }: SettingsSources): SecretReader => {
  const faults: Fault[] = [];

  const find = (place: SecretPlace): string | undefined => {
    if ('env' in place) {
      return env[place.env];
    }
    try {
      return readFile(place.file);
    } catch {
      return undefined;
    }
  };

  return {
    faults,
    read: (name, place) => {
      // A file written by an editor ends in a line break that is not part of the secret.
      const value = find(place)?.replace(/\r?\n$/, '') ?? '';
      if (value === '') {
        const where = 'env' in place ? `the variable ${place.env}` : `the file ${place.file}`;
        faults.push({ name, rule: `${where} is missing or empty` });
      }
      return value;
    },
  };
};
