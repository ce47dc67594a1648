/** What is used of a package that has no types of its own. */
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
