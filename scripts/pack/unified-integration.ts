import { readFileSync } from 'node:fs';
import { type Marketplace, unify } from './unify.ts';

const folder = 'pack/Integrations/DuoAuthAPI';

/** Where a pack holds its integration as one file. */
export const unifiedPath = 'Integrations/integration-DuoAuthAPI.yml';

/** The integration as the one file that XSOAR takes, around this bundle. */
export const unifiedIntegration = (code: string, marketplace: Marketplace): string =>
  unify(
    readFileSync('integration.yml', 'utf8'),
    {
      code,
      image: readFileSync(`${folder}/DuoAuthAPI_image.png`),
      description: readFileSync(`${folder}/DuoAuthAPI_description.md`, 'utf8'),
    },
    marketplace,
  );
