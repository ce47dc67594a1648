import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { buildBundle } from '../../../scripts/bundle/build-bundle.ts';
import { packFiles } from '../../../scripts/pack/pack-files.ts';
import { unifiedPath } from '../../../scripts/pack/unified-integration.ts';
import type { Marketplace } from '../../../scripts/pack/unify.ts';
import type { IntegrationYml } from '../../../testing/integration-yml.ts';
import { describePeer, missingCommand } from '../peer.ts';
import { type ContentRepository, makeContentRepository, sdk } from './content-repository.ts';

const version11 = { version: '1.1' } as const;
const pack = 'Packs/DuoAuthAPI';

describePeer('demisto-sdk', missingCommand(sdk, ['--version']), () => {
  const folder = mkdtempSync(join(tmpdir(), 'artifacts-'));
  const out = join(folder, 'out');
  let repository: ContentRepository;
  let code: string;

  const run = (...args: string[]): void => {
    const { output, isSuccess } = repository.run(...args);
    expect(isSuccess, output).toBe(true);
  };

  beforeAll(async () => {
    code = await buildBundle();
    repository = makeContentRepository(folder, code);
    mkdirSync(out);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  describe('format', () => {
    const changed = (): string => repository.git('status', '--porcelain');
    // A question is answered with no, and no check is run: those have a suite of their own.
    const format = () => run('format', '-i', pack, '--assume-no', '--no-validate', '--no-graph');

    it('changes nothing', () => {
      format();
      expect(changed()).toBe('');
    });

    it('does change what has another form', () => {
      const { root } = repository;
      const metadata = JSON.parse(readFileSync(join(root, pack, 'pack_metadata.json'), 'utf8'));
      repository.write(new Map([['pack_metadata.json', JSON.stringify(metadata, undefined, 2)]]));
      expect(changed()).toContain('pack_metadata.json');
      format();
      expect(changed()).toBe('');
    });
  });

  describe('doc-review', () => {
    it('finds no word misspelled', () => {
      run('doc-review', '-i', pack);
    });

    it('does find one', () => {
      repository.write(new Map([['README.md', 'About the authenticatoin of users.\n']]));
      const { output, isSuccess } = repository.run('doc-review', '-i', `${pack}/README.md`);
      repository.git('checkout', '--quiet', '--', pack);
      expect(isSuccess).toBe(false);
      expect(output).toContain('authenticatoin');
    });
  });

  describe('the artifacts that it makes', () => {
    const ours = () => packFiles(code, 'xsoar');

    /** What the tool adds to an integration of the community's, taken away again. */
    const plain = (yml: string) => {
      const integration = parse(yml, version11) as IntegrationYml;
      const { display, detaileddescription = '', script } = integration;
      return {
        ...integration,
        display: display.replace(' (Community Contribution)', ''),
        detaileddescription: detaileddescription
          .replace(/^### Community Contributed Integration[\s\S]*?\n\*\*\*\n/, '')
          .replace(/\n\n---\n\[View Integration Documentation\].*$/, ''),
        script: { ...script, script: script.script.replace(/^\/\/ pack version: .*\n/, '') },
      };
    };

    const ourIntegration = (marketplace: Marketplace) =>
      plain(Buffer.from(packFiles(code, marketplace).get(unifiedPath) ?? []).toString());

    const prepare = (marketplace: string): IntegrationYml => {
      const path = join(out, `${marketplace}.yml`);
      const integration = `${pack}/Integrations/DuoAuthAPI`;
      run('prepare-content', '-i', integration, '--output', path, '--marketplace', marketplace);
      return plain(readFileSync(path, 'utf8'));
    };

    it.each(['xsoar', 'xsoar_saas'] as const)(
      'are ours: the integration as one file, for %s',
      (marketplace) => {
        expect(prepare(marketplace)).toEqual(ourIntegration(marketplace));
      },
    );

    it('have the settings of XSOAR 8 for XSIAM, too', () => {
      const { configuration, script } = prepare('marketplacev2');
      expect(configuration).toEqual(ourIntegration('xsoar_saas').configuration);
      // There the tool calls the product Cortex throughout, even in a comment.
      const theirCode = script.script.replace('for Cortex,', 'for Cortex XSOAR,');
      expect(theirCode).toBe(ourIntegration('xsoar_saas').script.script);
    });

    it('are ours: the pack', () => {
      run('zip-packs', '-i', pack, '-o', out);
      const theirs = unzipSync(readFileSync(join(out, 'uploadable_packs/DuoAuthAPI.zip')));
      const read = (path: string) => Buffer.from(theirs[path] ?? []).toString();
      const files = ours();
      const generated = [unifiedPath, 'metadata.json'];
      for (const path of Object.keys(theirs).filter((one) => !one.endsWith('/'))) {
        expect([...files.keys()], path).toContain(path);
        if (!generated.includes(path)) {
          expect(read(path), path).toBe(Buffer.from(files.get(path) ?? []).toString());
        }
      }
      expect(plain(read(unifiedPath))).toEqual(ourIntegration('xsoar'));
    });

    it('are ours: what the pack says of itself', () => {
      const theirs = unzipSync(readFileSync(join(out, 'uploadable_packs/DuoAuthAPI.zip')));
      const {
        updated: _updated,
        eulaLink: _link,
        // The tool does not take it over from pack_metadata.json.
        serverMinVersion: _least,
        contentItems,
        ...rest
      } = JSON.parse(Buffer.from(theirs['metadata.json'] ?? []).toString());
      const said = JSON.parse(Buffer.from(ours().get('metadata.json') ?? []).toString());
      expect(said).toMatchObject(rest);
      // Its order within a kind is the file system's.
      const byName = (items: Record<string, { name: string }[]>) =>
        Object.entries(items)
          .filter(([, list]) => list.length > 0)
          .map(([kind, list]) => [kind, list.toSorted((a, b) => a.name.localeCompare(b.name))]);
      expect(new Map(byName(said.contentItems) as never)).toEqual(
        new Map(byName(contentItems) as never),
      );
    });
  });
});
