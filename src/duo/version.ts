/**
 * The package's version, as its default User-Agent names it. A test holds it equal to package.json. It has
 * a file of its own because the command line prints it before it loads anything else.
 */
export const version = '1.0.0';
