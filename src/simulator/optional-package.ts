/** A package that only the simulator needs is not installed. */
export class MissingPackageError extends Error {
  override readonly name = 'MissingPackageError';
  readonly packageName: string;

  constructor(packageName: string, options: ErrorOptions) {
    super(
      `The simulator needs the package ${packageName}: run \`npm install ${packageName}\``,
      options,
    );
    this.packageName = packageName;
  }
}

const isMissing = (error: unknown, packageName: string): boolean =>
  error instanceof Error &&
  'code' in error &&
  error.code === 'ERR_MODULE_NOT_FOUND' &&
  error.message.includes(packageName);

/**
 * Loads a package of `optionalDependencies`, which the library itself does without.
 *
 * @throws MissingPackageError when it is not installed.
 */
export async function loadOptionalPackage<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    if (isMissing(cause, name)) throw new MissingPackageError(name, { cause });
    throw cause;
  }
}
