/** Who signed, and the signature in lower-case hex. */
export interface Credentials {
  readonly ikey: string;
  readonly signature: string;
}

/** Reads HTTP Basic credentials; `undefined` when they are absent or ill-formed. */
export const parseCredentials = (header: string | undefined): Credentials | undefined => {
  const encoded = /^Basic +([A-Za-z0-9+/]+={0,2}) *$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) {
    return undefined;
  }
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) {
    return undefined;
  }
  return { ikey: text.slice(0, colon), signature: text.slice(colon + 1).toLowerCase() };
};
