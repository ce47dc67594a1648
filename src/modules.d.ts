// Modules without types, or whose types do not describe the files that are imported.

/** A hash or an HMAC of hash.js. */
interface Digest {
  /** Text is hashed as UTF-8. */
  update(text: string): Digest;
  digest(encoding: 'hex'): string;
}

type Hash = () => Digest;

declare module 'hash.js/lib/hash/sha/512.js' {
  const sha512: Hash;
  export = sha512;
}

declare module 'hash.js/lib/hash/hmac.js' {
  const hmac: (hash: Hash, key: string) => Digest;
  export = hmac;
}

/** The part of @ldapjs/dn that is used. */
declare module '@ldapjs/dn' {
  interface RelativeName {
    keys(): IterableIterator<string>;
    /** Text, or a reader of a value that is given in hexadecimal. */
    getValue(type: string): unknown;
  }
  interface DistinguishedName {
    readonly length: number;
    rdnAt(index: number): RelativeName;
  }
  const dn: {
    readonly DN: {
      /** @throws Error for text that is no distinguished name. */
      fromString(text: string): DistinguishedName;
    };
  };
  export = dn;
}

/** A file that the build and the test runner import as text. */
declare module '*?raw' {
  const text: string;
  // biome-ignore lint/style/noDefaultExport: that is the form in which a bundler gives a raw file
  export default text;
}
