import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { buildBundle } from '../../scripts/bundle/build-bundle.ts';
import { packFiles } from '../../scripts/pack/pack-files.ts';
import { unifiedPath } from '../../scripts/pack/unified-integration.ts';
import type { IntegrationYml } from '../../testing/integration-yml.ts';
import { makeContentRepository } from './content-repository.ts';
import { sdkCodes } from './demisto-sdk-codes.ts';
import { describePeer, missingCommand } from './peer.ts';

const { PEERS_HOME: peersHome = resolve('.peers') } = process.env;
const sdk = join(peersHome, 'demisto-sdk/bin/demisto-sdk');

// Looking for a newer version of itself, and for the repository of XSOAR's content, it would go out.
const environment = { CI: 'true', DEMISTO_SDK_IGNORE_CONTENT_WARNING: 'true' };

const version11 = { version: '1.1' } as const;

describePeer('demisto-sdk', missingCommand(sdk, ['--version']), () => {
  const root = mkdtempSync(join(tmpdir(), 'content-'));
  const out = join(root, 'out');
  let code: string;

  const run = (...args: string[]): string =>
    execFileSync(sdk, args, {
      cwd: root,
      env: { ...process.env, ...environment, DEMISTO_SDK_CONTENT_PATH: root },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });

  const validate = (codes: readonly string[]): string =>
    run(
      ...['validate', '-i', 'Packs/DuoAuthAPI', '--ignore-support-level'],
      ...['--run-specific-validations', codes.join(',')],
    );

  beforeAll(async () => {
    code = await buildBundle();
    makeContentRepository(root, code);
    mkdirSync(out);
  });
  afterAll(() => rmSync(root, { recursive: true }));

  describe('validate', () => {
    it('finds nothing in a repository of content', () => {
      expect(validate(sdkCodes.needApprovedLists)).toContain('All validations passed');
    });

    it('finds nothing in a repository of its own', () => {
      writeFileSync(join(root, '.private-repo-settings'), '');
      expect(validate(sdkCodes.needNothing)).toContain('All validations passed');
    });

    it('does find what is wrong', () => {
      const path = join(root, 'Packs/DuoAuthAPI/Integrations/DuoAuthAPI/DuoAuthAPI.yml');
      const yml = readFileSync(path, 'utf8');
      writeFileSync(path, yml.replace('Use system proxy settings', 'use the proxy'));
      try {
        expect(() => validate(['IN100', 'IN135'])).toThrow();
      } finally {
        writeFileSync(path, yml);
      }
    });
  });

  describe('the artifacts that it makes', () => {
    const ours = () => packFiles(code);

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

    const ourIntegration = () => plain(Buffer.from(ours().get(unifiedPath) ?? []).toString());

    it('are ours: the integration as one file', () => {
      run('prepare-content', '-i', 'Packs/DuoAuthAPI/Integrations/DuoAuthAPI', '-o', out);
      const theirs = readFileSync(join(out, 'integration-DuoAuthAPI.yml'), 'utf8');
      expect(plain(theirs)).toEqual(ourIntegration());
    });

    it('are ours: the pack', () => {
      run('zip-packs', '-i', 'Packs/DuoAuthAPI', '-o', out);
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
      expect(plain(read(unifiedPath))).toEqual(ourIntegration());
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
      const items = Object.entries(contentItems as Record<string, unknown[]>);
      expect(said.contentItems).toEqual(
        Object.fromEntries(items.filter(([, list]) => list.length > 0)),
      );
    });
  });
});
