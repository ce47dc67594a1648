import { createHash } from 'node:crypto';
import { createIntegration, type Integration } from '../../hosts/node/create-integration.ts';
import type { TransportOptions } from '../../hosts/node/transport.ts';
import type { Values } from '../context/values.ts';
import type { WriteOnce } from '../instance.ts';

/** Gives the instance for these parameters. Throws a `BadParameterError`. */
export type IntegrationFor = (params: Values) => Integration;

const sorted = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

// Each holds connections open.
const limit = 100;

/** One instance for all lines with the same parameters, so that its connections are used again. */
export const createIntegrationPool = (
  note: WriteOnce,
  options: TransportOptions = {},
): IntegrationFor => {
  const pool = new Map<string, Integration>();
  return (params) => {
    // The parameters hold the secret key; what is kept of them tells equal from different and no more.
    const key = createHash('sha256').update(JSON.stringify(params, sorted)).digest('base64');
    const known = pool.get(key);
    if (known !== undefined) {
      pool.delete(key);
      pool.set(key, known);
      return known;
    }
    const integration = createIntegration(params, options);
    for (const warning of integration.warnings) {
      note(`Warning: ${warning}`);
    }
    // A map keeps its order: the first was not used for longest.
    const [oldest] = pool;
    if (pool.size >= limit && oldest !== undefined) {
      // Its lines under way go on; connections that wait for the next one close.
      pool.delete(oldest[0]);
      oldest[1].close();
    }
    pool.set(key, integration);
    return integration;
  };
};
