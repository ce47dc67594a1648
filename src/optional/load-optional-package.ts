/** A package that only some users need, an optional peer dependency, is not installed. */
export class MissingPackageError extends Error {
  override readonly name = 'MissingPackageError';
  readonly packageName: string;

  constructor(packageName: string, options: ErrorOptions = {}) {
    super(
      `The package ${packageName} is not installed: run npm install ${packageName}, with --global if xsoar-duo was installed so`,
      options,
    );
    this.packageName = packageName;
  }
}

// What Node says of a missing module, as an ES module and as CommonJS.
const missingCodes: readonly unknown[] = ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'];

const isMissing = (error: unknown, name: string): boolean =>
  error instanceof Error &&
  'code' in error &&
  missingCodes.includes(error.code) &&
  error.message.includes(`'${name}'`);

/**
 * Load a package that only some users install, because it cannot be part of the bundles.
 *
 * @throws {@link MissingPackageError} when it is not installed.
 */
export const loadOptionalPackage = async <T>(name: string, load: () => Promise<T>): Promise<T> => {
  try {
    return await load();
  } catch (cause) {
    throw isMissing(cause, name) ? new MissingPackageError(name, { cause }) : cause;
  }
};
