import * as z from 'zod';
import { integrationSchema, userSchema } from './directory-schema.ts';
import { faultSchema } from './fault-schema.ts';
import { settingsSchema } from './settings-schema.ts';
import type { IntegrationConfig, ResolvedConfig, UserConfig } from './types.ts';

interface Claim {
  readonly key: string;
  readonly path: readonly (string | number)[];
}

/** Reports every name or id that is taken twice. */
const reportDuplicates = (
  claims: readonly Claim[],
  what: string,
  context: z.RefinementCtx,
): void => {
  const seen = new Set<string>();
  for (const { key, path } of claims) {
    if (seen.has(key)) {
      context.addIssue({ code: 'custom', path: [...path], message: `repeats another ${what}` });
    }
    seen.add(key);
  }
};

const integrationClaims = (integrations: readonly IntegrationConfig[]): Claim[] =>
  integrations.map(({ ikey }, index) => ({ key: ikey, path: ['integrations', index, 'ikey'] }));

const nameClaims = (users: readonly UserConfig[]): Claim[] =>
  users.flatMap(({ username, aliases }, index) => [
    { key: username.toLowerCase(), path: ['users', index, 'username'] },
    ...aliases.map((alias, position) => ({
      key: alias.trim().toLowerCase(),
      path: ['users', index, 'aliases', position],
    })),
  ]);

const idClaims = (users: readonly UserConfig[]): Claim[] =>
  users.flatMap(({ id, devices }, index) => [
    ...(id ? [{ key: id, path: ['users', index, 'id'] }] : []),
    ...devices.flatMap((device, position) =>
      device.id ? [{ key: device.id, path: ['users', index, 'devices', position, 'id'] }] : [],
    ),
  ]);

const sections = {
  settings: settingsSchema,
  integrations: z.array(integrationSchema).min(1),
  users: z.array(userSchema),
  faults: z.array(faultSchema),
};

const refine = (
  { integrations = [], users = [] }: Partial<ResolvedConfig>,
  context: z.RefinementCtx,
): void => {
  reportDuplicates(integrationClaims(integrations), 'integration key', context);
  reportDuplicates(nameClaims(users), 'username or alias', context);
  reportDuplicates(idClaims(users), 'id', context);
};

/** A file with every section. */
export const completeConfigSchema: z.ZodType<ResolvedConfig> = z
  .strictObject(sections)
  .superRefine(refine);

/** A file as it is written: a section may be absent. `users: []` means no users. */
export const configSchema: z.ZodType<Partial<ResolvedConfig>> = z
  .strictObject({
    settings: sections.settings.exactOptional(),
    integrations: sections.integrations.exactOptional(),
    users: sections.users.exactOptional(),
    faults: sections.faults.exactOptional(),
  })
  .superRefine(refine);
