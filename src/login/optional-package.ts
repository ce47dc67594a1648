/** A package that only the login gateway needs is not installed. */
export class MissingPackageError extends Error {
  override readonly name = 'MissingPackageError';
  readonly packageName: string;

  constructor(packageName: string, options: ErrorOptions) {
    super(
      `The login gateway needs the package ${packageName}: run \`npm install ${packageName}\`.`,
      options,
    );
    this.packageName = packageName;
  }
}

const isMissing = (error: unknown, packageName: string): boolean =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND') &&
  error.message.includes(packageName);

/**
 * Load a package of `optionalDependencies`, which the library itself does without.
 *
 * @throws {@link MissingPackageError} when it is not installed.
 */
export const loadOptionalPackage = async <T>(name: string, load: () => Promise<T>): Promise<T> => {
  try {
    return await load();
  } catch (cause) {
    if (isMissing(cause, name)) {
      throw new MissingPackageError(name, { cause });
    }
    throw cause;
  }
};
