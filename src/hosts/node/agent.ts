import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { createSecureContext, rootCertificates } from 'node:tls';
import { BadParameterError } from '../../duo/errors/bad-parameter-error.ts';
import type { Settings } from '../../integration/params.ts';

const readCaFile = (caFile: string): string => {
  try {
    return readFileSync(caFile, 'utf8');
  } catch {
    throw new BadParameterError([{ name: 'ca_file', rule: 'cannot be read' }]);
  }
};

/**
 * Made once: reading all authorities again for each connection takes longer than the connection.
 * Naming authorities replaces the platform's, so those are named again beside ours.
 */
const trusting = (caFile: string) =>
  createSecureContext({ minVersion: 'TLSv1.2', ca: [...rootCertificates, readCaFile(caFile)] });

/**
 * The connections of an instance: TLS 1.2 and later, kept alive.
 *
 * @throws {@link BadParameterError} when `ca_file` cannot be read.
 */
export const createAgent = ({ caFile, insecure }: Settings): Agent =>
  new Agent({
    keepAlive: true,
    minVersion: 'TLSv1.2',
    rejectUnauthorized: !insecure,
    ...(caFile !== undefined && { secureContext: trusting(caFile) }),
  });
