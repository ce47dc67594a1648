import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { issueCertificate } from '../../../src/simulator/server/x509.ts';

const authorityKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const serverKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const issue = ({
  subjectKey = serverKeys.publicKey,
  altNames = ['duo.example'],
  notAfter = new Date('2026-02-03T04:05:06Z'),
}): X509Certificate =>
  new X509Certificate(
    issueCertificate({
      subject: altNames.length === 0 ? 'authority' : 'server',
      subjectKey,
      issuer: 'authority',
      issuerKey: authorityKeys.publicKey,
      signingKey: authorityKeys.privateKey,
      notBefore: new Date('2026-01-02T03:04:05Z'),
      notAfter,
      altNames,
    }),
  );

const authority = issue({ subjectKey: authorityKeys.publicKey, altNames: [] });

describe('an authority', () => {
  it('is one, by its own word, and has signed itself', () => {
    expect(authority.ca).toBe(true);
    expect(authority.checkIssued(authority)).toBe(true);
    expect(authority.verify(authorityKeys.publicKey)).toBe(true);
    expect(authority.subjectAltName).toBeUndefined();
  });
});

describe('a server certificate', () => {
  it('is signed by its authority for its own key, and is for servers alone', () => {
    const server = issue({});
    expect(server.ca).toBe(false);
    expect(server.issuer).toBe('CN=authority');
    expect(server.subject).toBe('CN=server');
    expect(server.checkIssued(authority)).toBe(true);
    expect(server.verify(authorityKeys.publicKey)).toBe(true);
    expect(server.verify(serverKeys.publicKey)).toBe(false);
    expect(server.checkPrivateKey(serverKeys.privateKey)).toBe(true);
    // What Node calls keyUsage is the extended one: TLS servers.
    expect(server.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  });

  it('has a serial number of its own', () => {
    expect(issue({}).serialNumber).not.toBe(issue({}).serialNumber);
    expect(issue({}).serialNumber).toMatch(/^[4-7][0-9A-F]{31}$/);
  });

  it.each([
    ['2026-02-03T04:05:06Z', 'Feb  3 04:05:06 2026 GMT'],
    ['2049-12-31T23:59:59Z', 'Dec 31 23:59:59 2049 GMT'],
    ['2050-01-01T00:00:00Z', 'Jan  1 00:00:00 2050 GMT'],
  ])('ends at %s', (notAfter, text) => {
    const server = issue({ notAfter: new Date(notAfter) });
    expect(server.validTo).toBe(text);
    expect(server.validFrom).toBe('Jan  2 03:04:05 2026 GMT');
  });

  it('is for each of its names and addresses, and no other', () => {
    const addresses = ['192.0.2.7', '::1', '2001:db8::7', 'fe80::1:2', '::ffff:192.0.2.9', '::'];
    const server = issue({ altNames: ['duo.example', ...addresses] });
    expect(server.checkHost('duo.example')).toBe('duo.example');
    expect(server.checkHost('other.example')).toBeUndefined();
    for (const address of addresses) {
      expect(server.checkIP(address), address).toBe(address);
    }
    expect(server.checkIP('192.0.2.8')).toBeUndefined();
    expect(server.checkIP('2001:db8::8')).toBeUndefined();
  });

  it('takes hundreds of names', () => {
    const altNames = Array.from({ length: 500 }, (_, index) => `host-${index}.duo.example`);
    expect(issue({ altNames }).checkHost('host-499.duo.example')).toBe('host-499.duo.example');
  });
});
