import { join } from 'node:path';
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

const describePlace = (place: SecretPlace): string => {
  if ('env' in place) {
    return `the variable ${place.env}`;
  }
  return 'file' in place ? `the file ${place.file}` : `the credential ${place.credential}`;
};

/** A reader whose faults name the setting and the place, never the value. */
export const createSecretReader = ({ env, readFile }: SettingsSources): SecretReader => {
  const faults: Fault[] = [];

  const find = (place: SecretPlace): string | undefined => {
    if ('env' in place) {
      return env[place.env];
    }
    // systemd's LoadCredential= puts each credential into a file of this folder.
    const folder = env['CREDENTIALS_DIRECTORY'];
    if ('credential' in place && folder === undefined) {
      return undefined;
    }
    try {
      return readFile('file' in place ? place.file : join(folder ?? '', place.credential));
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
        faults.push({ name, rule: `${describePlace(place)} is missing or empty` });
      }
      return value;
    },
  };
};
