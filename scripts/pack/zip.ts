import { zipSync } from 'fflate';

/** Files by their paths inside an archive. */
export type Files = ReadonlyMap<string, Uint8Array>;

// The earliest date that an archive can hold, in local time as archives have it: the same everywhere.
const epoch = new Date(1980, 0, 1);

/** An archive of these files that depends on nothing but them: not on date, order or machine. */
export const zip = (files: Files): Uint8Array =>
  zipSync(Object.fromEntries([...files].sort(([a], [b]) => (a < b ? -1 : 1))), {
    level: 9,
    mtime: epoch,
    os: 3,
  });
