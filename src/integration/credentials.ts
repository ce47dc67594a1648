import * as z from 'zod/mini';
import { isGiven } from './coerce.ts';

const unknown = z.optional(z.unknown());
const vaultSchema = z.looseObject({ user: unknown, password: unknown });
const credentialsSchema = z.looseObject({
  identifier: unknown,
  password: unknown,
  credentials: unknown,
});

const firstGiven = (...values: unknown[]): unknown => values.find(isGiven);

/**
 * The two keys from XSOAR's `credentials` parameter, else from `ikey` and `skey`. With a vault the
 * real values stand one level deeper, and the platform copies them up or leaves that to the script.
 */
export const readCredentials = (
  params: Readonly<Record<string, unknown>>,
): { readonly ikey: unknown; readonly skey: unknown } => {
  const typed = credentialsSchema.safeParse(params['credentials']).data;
  const vault = vaultSchema.safeParse(typed?.credentials).data;
  return {
    ikey: firstGiven(typed?.identifier, vault?.user, params['ikey']),
    skey: firstGiven(typed?.password, vault?.password, params['skey']),
  };
};
