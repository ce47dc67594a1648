import { UsageError } from './usage-error.ts';

const isMissing = (error: unknown, name: string): boolean =>
  error instanceof Error &&
  'code' in error &&
  error.code === 'ERR_MODULE_NOT_FOUND' &&
  error.message.includes(`'${name}'`);

/** A package that can be left out is needed. npm brings all of them, each in the version that fits. */
export const missingPackage = (name: string): UsageError =>
  new UsageError(`The package ${name} is not installed.`, 'Run: npm install --include=optional');

/**
 * Load a package that only this program needs and that the library's users may have left out.
 *
 * @throws {@link UsageError} that names the package and how to install it.
 */
export const loadPackage = async <T>(name: string, load: () => Promise<T>): Promise<T> => {
  try {
    return await load();
  } catch (error) {
    if (isMissing(error, name)) {
      throw missingPackage(name);
    }
    throw error;
  }
};
