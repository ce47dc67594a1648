// Modules that come without types, or describe themselves as a whole only.

/** What the two parts of hash.js that are used give. */
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

/** What is used of @ldapjs/dn, which has no types of its own. */
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

/** A file taken as text, by the build and by the test runner. */
declare module '*?raw' {
  const text: string;
  // biome-ignore lint/style/noDefaultExport: that is the form in which a bundler gives a raw file
  export default text;
}
