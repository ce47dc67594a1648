import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface PackMetadata {
  readonly name: string;
  readonly description: string;
  readonly support: string;
  readonly currentVersion: string;
  readonly serverMinVersion: string;
  readonly author: string;
  readonly created: string;
  readonly categories: readonly string[];
  readonly tags: readonly string[];
  readonly useCases: readonly string[];
  readonly keywords: readonly string[];
}

interface Described {
  readonly name: string;
  readonly description: string;
}

interface Integration extends Described {
  readonly display: string;
  readonly category: string;
  readonly script: { readonly commands: readonly Described[] };
}

const read = <T>(path: string): T => parse(readFileSync(path, 'utf8'), { version: '1.1' }) as T;

const described = ({ name, description }: Described): Described => ({ name, description });

/**
 * The `metadata.json` that the server reads when a pack is uploaded: what `pack_metadata.json` says,
 * and what is in the pack.
 */
export const metadata = (): Readonly<Record<string, unknown>> => {
  const pack = read<PackMetadata>('pack/pack_metadata.json');
  const integration = read<Integration>('integration.yml');
  const playbooks = ['Duo_-_Ask_User', 'Verify_User_with_Duo'].map((name) =>
    described(read<Described>(`pack/Playbooks/playbook-${name}.yml`)),
  );
  return {
    name: pack.name,
    id: integration.name,
    description: pack.description,
    created: pack.created,
    // The date of a build would make each archive another one.
    updated: pack.created,
    legacy: true,
    support: pack.support,
    supportDetails: {},
    author: pack.author,
    certification: '',
    price: 0,
    serverMinVersion: pack.serverMinVersion,
    currentVersion: pack.currentVersion,
    tags: pack.tags,
    categories: pack.categories,
    contentItems: {
      playbook: playbooks,
      integration: [
        {
          name: integration.display,
          description: integration.description,
          category: integration.category,
          commands: integration.script.commands.map(described),
        },
      ],
    },
    useCases: pack.useCases,
    keywords: pack.keywords,
    dependencies: {},
  };
};
