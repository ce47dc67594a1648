/** The package's version, as its default User-Agent names it. A test holds it equal to package.json. */
export const version = '1.0.0';
