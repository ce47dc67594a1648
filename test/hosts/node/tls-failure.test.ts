import type { DetailedPeerCertificate } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { PinMismatch } from '../../../src/hosts/node/tls.ts';
import { describeTlsFailure, isTlsCode, tlsReasons } from '../../../src/hosts/node/tls-failure.ts';

const peerWith = (fields: object) => fields as DetailedPeerCertificate;

/** A server's certificate, one between, and an authority that signed itself. */
const chainUpTo = (issuer: object): DetailedPeerCertificate => {
  const top: Record<string, unknown> = { subject: issuer, issuer };
  top['issuerCertificate'] = top;
  return peerWith({
    subject: { CN: 'api-x.duosecurity.com' },
    issuer: { CN: 'Between' },
    issuerCertificate: { issuer, issuerCertificate: top },
  });
};

const detailOf = (code: string, peer?: DetailedPeerCertificate, thrown?: unknown): string =>
  describeTlsFailure(code, peer, thrown).detail;

describe('a certificate', () => {
  it.each([
    [
      'CERT_HAS_EXPIRED',
      peerWith({ valid_to: 'Jan 1 00:00:00 2020 GMT' }),
      'its certificate, or one above it, has expired (its own: Jan 1 00:00:00 2020 GMT)',
    ],
    ['CERT_HAS_EXPIRED', undefined, 'its certificate has expired'],
    [
      'CERT_NOT_YET_VALID',
      peerWith({ valid_from: 'Jan 1 00:00:00 2100 GMT' }),
      'its certificate, or one above it, is not valid yet (its own: Jan 1 00:00:00 2100 GMT)',
    ],
    ['CERT_NOT_YET_VALID', undefined, 'its certificate is not valid yet'],
    [
      'ERR_TLS_CERT_ALTNAME_INVALID',
      peerWith({ subjectaltname: 'DNS:example.com' }),
      'its certificate is for another host: DNS:example.com',
    ],
    ['ERR_TLS_CERT_ALTNAME_INVALID', undefined, 'its certificate is for another host'],
    [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      peerWith({ subject: { CN: 'localhost' } }),
      'its certificate is signed by itself: localhost',
    ],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', undefined, 'its certificate is signed by itself'],
  ])('with %s is described, with what it says: %#', (code, peer, detail) => {
    expect(detailOf(code, peer)).toBe(detail);
  });

  it.each([
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'CERT_SIGNATURE_FAILURE',
  ])('with %s is described by the authority at the top of its chain', (code) => {
    const start = 'its certificate comes from an authority that is not trusted here';
    expect(detailOf(code, chainUpTo({ CN: 'Example Root' }))).toBe(`${start}: Example Root`);
    expect(detailOf(code, chainUpTo({ O: 'Example Ltd' }))).toBe(`${start}: Example Ltd`);
    expect(detailOf(code, chainUpTo({}))).toBe(start);
    expect(detailOf(code)).toBe(start);
    expect(describeTlsFailure(code, undefined, undefined).advice).toContain('"ca_file"');
  });

  it('is quoted without control characters, and not at length', () => {
    const name = `${'\u001b[31m'}${'long '.repeat(100)}`;
    const detail = detailOf('DEPTH_ZERO_SELF_SIGNED_CERT', peerWith({ subject: { CN: name } }));
    expect(detail).not.toContain('\u001b');
    expect(detail.length).toBeLessThan(140);
  });

  it('with other keys than the pinned ones is shown by its own', () => {
    const start = 'none of its keys is in "pinned_keys"; its own';
    expect(detailOf('PIN_MISMATCH', undefined, new PinMismatch('abc='))).toBe(
      `${start}: sha256/abc=`,
    );
    expect(detailOf('PIN_MISMATCH', undefined, new Error('other'))).toBe(start);
  });
});

describe('a server', () => {
  it.each([
    ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'it does not speak TLS 1.2 or later'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'it does not speak TLS 1.2 or later'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'what answers there does not speak TLS'],
    ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'what answers there does not speak TLS'],
    [
      'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
      'it wants a client certificate, and takes none or not this one',
    ],
    [
      'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE',
      'it wants a client certificate, and takes none or not this one',
    ],
    [
      'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
      'it wants a client certificate, and takes none or not this one',
    ],
  ])('with %s is described', (code, detail) => {
    expect(detailOf(code)).toBe(detail);
  });

  it('with any other code is described by it, without advice of its own', () => {
    expect(describeTlsFailure('ERR_SSL_NEW', undefined, undefined)).toEqual({
      detail: 'TLS failed with ERR_SSL_NEW',
      advice: undefined,
    });
  });
});

it.each([...tlsReasons.keys()])(
  '%s is a code of TLS, and comes with a sentence of advice',
  (code) => {
    expect(isTlsCode(code)).toBe(true);
    expect(describeTlsFailure(code, undefined, undefined).advice).toMatch(/^[A-Z].*\.$/);
  },
);

it.each(['EPROTO', 'HOSTNAME_MISMATCH', 'ERR_OSSL_X509'])('%s is a code of TLS', (code) => {
  expect(isTlsCode(code)).toBe(true);
});

it.each(['ECONNRESET', 'ENOTFOUND', 'HTTP_407', 'NO_CERT_', 'UNKNOWN'])('%s is not', (code) => {
  expect(isTlsCode(code)).toBe(false);
});
