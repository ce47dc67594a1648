/** An optional peer dependency, which only some users need, is not installed. */
export class MissingPackageError extends Error {
  override readonly name = 'MissingPackageError';
  readonly packageName: string;

  constructor(packageName: string, options: ErrorOptions = {}) {
    super(
      `The package ${packageName} is not installed: run npm install ${packageName}, with --global if xsoar-duo is installed globally`,
      options,
    );
    this.packageName = packageName;
  }
}

// Node's codes for a missing module: of an ES module and of CommonJS.
const missingCodes: readonly unknown[] = ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'];

const isMissing = (error: unknown, name: string): boolean =>
  error instanceof Error &&
  'code' in error &&
  missingCodes.includes(error.code) &&
  error.message.includes(`'${name}'`);

/**
 * Load an optional peer dependency: it cannot be part of the bundles, and only some users install it.
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
