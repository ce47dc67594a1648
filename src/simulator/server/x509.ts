import { createHash, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';

/** What a certificate says, and the keys that it is made with. */
export interface CertificateRequest {
  readonly subject: string;
  readonly subjectKey: KeyObject;
  readonly issuer: string;
  /** The issuer's public key, by which the certificate names it. */
  readonly issuerKey: KeyObject;
  readonly signingKey: KeyObject;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Host names and addresses of a server; none for a certificate authority. */
  readonly altNames: readonly string[];
}

// DER, the encoding of ASN.1 that certificates are written in: a tag, a length, and the content.
const encode = (tag: number, ...contents: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(contents);
  const { length } = content;
  const bytes = length < 0x1_00 ? [length] : [length >> 8, length & 0xff];
  const size = length < 0x80 ? [length] : [0x80 | bytes.length, ...bytes];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
};

const sequence = (...items: readonly Uint8Array[]): Buffer => encode(0x30, ...items);
const octets = (content: Uint8Array): Buffer => encode(0x04, content);
const booleanTrue = encode(0x01, Buffer.from([0xff]));
const text = (tag: number, value: string): Buffer => encode(tag, Buffer.from(value, 'utf8'));

/** An object identifier, such as `2.5.4.3`; each part below 2^21. */
const identifier = (dotted: string): Buffer => {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const parts = rest.flatMap((part) =>
    [part >> 14, part >> 7, part]
      .map((seven, index) => (index < 2 ? (seven & 0x7f) | 0x80 : seven & 0x7f))
      .slice(part < 0x80 ? 2 : part < 0x40_00 ? 1 : 0),
  );
  return encode(0x06, Buffer.from([first * 40 + second, ...parts]));
};

// RFC 5280, 4.1.2.5: two digits for the year up to 2049, and four from then on.
const time = (date: Date): Buffer => {
  const digits = `${date.toISOString().replace(/\.\d+|\D/g, '')}Z`;
  return date.getUTCFullYear() < 2050 ? text(0x17, digits.slice(2)) : text(0x18, digits);
};

const commonName = (name: string): Buffer =>
  sequence(encode(0x31, sequence(identifier('2.5.4.3'), text(0x0c, name))));

const addressBytes = (address: string): Buffer => {
  if (isIP(address) === 4) {
    return Buffer.from(address.split('.').map(Number));
  }
  // The address as URLs write it: groups in hex, with one gap at the most.
  const { hostname } = new URL(`http://[${address.split('%')[0]}]`);
  const [head = [], tail = []] = hostname
    .slice(1, -1)
    .split('::')
    .map((groups) => groups.split(':').filter((group) => group !== ''));
  const gap = Array<string>(8 - head.length - tail.length).fill('0');
  const groups = [...head, ...gap, ...tail].map((group) => group.padStart(4, '0'));
  return Buffer.from(groups.join(''), 'hex');
};

const altName = (name: string): Buffer =>
  isIP(name) === 0 ? text(0x82, name) : encode(0x87, addressBytes(name));

const extension = (id: string, value: Uint8Array, isCritical = false): Buffer =>
  sequence(identifier(id), ...(isCritical ? [booleanTrue] : []), octets(value));

/** How a certificate names a key: the SHA-1 of it, as RFC 5280, 4.2.1.2, proposes. */
const keyIdentifier = (key: KeyObject): Buffer =>
  createHash('sha1')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest();

const extensions = ({ subjectKey, issuerKey, altNames }: CertificateRequest): Buffer => {
  const isAuthority = altNames.length === 0;
  // Sign certificates and lists of revoked ones; or sign handshakes.
  const usage = Buffer.from(isAuthority ? [1, 0x06] : [7, 0x80]);
  const serverAuth = identifier('1.3.6.1.5.5.7.3.1');
  return sequence(
    extension('2.5.29.19', sequence(...(isAuthority ? [booleanTrue] : [])), true),
    extension('2.5.29.15', encode(0x03, usage), true),
    extension('2.5.29.14', octets(keyIdentifier(subjectKey))),
    extension('2.5.29.35', sequence(encode(0x80, keyIdentifier(issuerKey)))),
    ...(isAuthority
      ? []
      : [
          extension('2.5.29.37', sequence(serverAuth)),
          extension('2.5.29.17', sequence(...altNames.map(altName))),
        ]),
  );
};

const ecdsaWithSha256 = sequence(identifier('1.2.840.10045.4.3.2'));

/**
 * Writes and signs a certificate with keys of an elliptic curve.
 *
 * @returns the certificate in PEM.
 * @see RFC 5280, 4.1, "Basic Certificate Fields"
 */
export const issueCertificate = (request: CertificateRequest): string => {
  const { subject, subjectKey, issuer, signingKey, notBefore, notAfter } = request;
  // A positive number of 16 bytes.
  const serial = randomBytes(16);
  serial.writeUInt8((serial.readUInt8() & 0x7f) | 0x40);
  const content = sequence(
    encode(0xa0, encode(0x02, Buffer.from([2]))),
    encode(0x02, serial),
    ecdsaWithSha256,
    commonName(issuer),
    sequence(time(notBefore), time(notAfter)),
    commonName(subject),
    subjectKey.export({ type: 'spki', format: 'der' }),
    encode(0xa3, extensions(request)),
  );
  const signature = sign('sha256', content, signingKey);
  const signed = sequence(content, ecdsaWithSha256, encode(0x03, Buffer.from([0]), signature));
  return new X509Certificate(signed).toString();
};
