// hash.js describes itself as a whole only; these are its two parts that are used.

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
