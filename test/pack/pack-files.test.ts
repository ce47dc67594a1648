import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import packageJson from '../../package.json' with { type: 'json' };
import { packFiles, stagedFiles } from '../../scripts/pack/pack-files.ts';
import { unifiedPath } from '../../scripts/pack/unified-integration.ts';
import { zip } from '../../scripts/pack/zip.ts';
import { type IntegrationYml, readIntegrationYml } from '../../testing/integration-yml.ts';

// Replaces the bundle; what YAML could spoil is in it.
const code = [
  '/* a comment */',
  'return (function () {',
  "  'use strict';",
  '\tvar tab = "\\u0000 # not a comment: yes";',
  '',
  '  return tab;   ',
  '})();',
  '',
].join('\n');

const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString();

describe('the pack', () => {
  const files = packFiles(code);

  it('is what XSOAR takes, with everything at its root', () => {
    expect([...files.keys()].sort()).toEqual([
      '.pack-ignore',
      '.secrets-ignore',
      'Integrations/integration-DuoAuthAPI.yml',
      'Integrations/integration-DuoAuthAPI_README.md',
      'Playbooks/playbook-Duo_-_Ask_User.yml',
      'Playbooks/playbook-Duo_-_Ask_User_README.md',
      'Playbooks/playbook-Verify_User_with_Duo.yml',
      'Playbooks/playbook-Verify_User_with_Duo_README.md',
      'README.md',
      'TestPlaybooks/playbook-Duo_Auth_API_-_Test.yml',
      'TestPlaybooks/playbook-Duo_Auth_API_-_Test_README.md',
      'metadata.json',
      'pack_metadata.json',
    ]);
  });

  it('makes the same archive each time, in whatever order it is given', () => {
    const turned = new Map([...files].reverse());
    expect(Buffer.from(zip(files)).equals(Buffer.from(zip(turned)))).toBe(true);
  });

  it('comes out of the archive as it went in', () => {
    const unpacked = unzipSync(zip(files));
    for (const [path, bytes] of files) {
      expect(Buffer.from(unpacked[path] ?? []).equals(Buffer.from(bytes)), path).toBe(true);
    }
  });

  it('describes itself within the limits of the marketplace', () => {
    const metadata = JSON.parse(text(files.get('pack_metadata.json')));
    expect(metadata.description.length).toBeLessThanOrEqual(150);
    expect(metadata).toMatchObject({
      name: 'Duo Auth API',
      currentVersion: packageJson.version,
      serverMinVersion: readIntegrationYml().fromversion,
    });
  });

  it('has release notes of every version but the first, which is to have none', () => {
    const folder = 'pack/ReleaseNotes';
    const notes = existsSync(folder) ? readdirSync(folder) : [];
    const name = `${packageJson.version.replaceAll('.', '_')}.md`;
    expect(notes.includes(name)).toBe(packageJson.version !== '1.0.0');
  });
});

describe('the integration as one file', () => {
  const unified = text(packFiles(code).get(unifiedPath));
  // XSOAR reads YAML 1.1.
  const read = parse(unified, { version: '1.1' }) as IntegrationYml;

  it('is integration.yml, with the code as it is', () => {
    const { image, detaileddescription, ...rest } = read;
    expect(rest.script.script).toBe(code);
    const source = readIntegrationYml();
    const configuration = source.configuration.map((parameter) =>
      Array.isArray(parameter.hidden) ? { ...parameter, hidden: false } : parameter,
    );
    expect(rest).toEqual({
      ...source,
      configuration,
      script: { ...source.script, script: code },
    });
    expect(image).toMatch(/^data:image\/png;base64,/);
    expect(detaileddescription).toBe(
      readFileSync('pack/Integrations/DuoAuthAPI/DuoAuthAPI_description.md', 'utf8'),
    );
  });

  it.each([
    ['xsoar', []],
    ['xsoar_saas', ['use_2fa', 'require_password']],
  ] as const)('hides in %s what no login there obeys', (marketplace, names) => {
    const yml = text(packFiles(code, marketplace).get(unifiedPath));
    const { configuration } = parse(yml, { version: '1.1' }) as IntegrationYml;
    const hidden = configuration.filter((parameter) => parameter.hidden !== undefined);
    expect(hidden.map(({ name }) => name)).toEqual(['use_2fa', 'require_password']);
    expect(hidden.filter((parameter) => parameter.hidden).map(({ name }) => name)).toEqual(names);
  });

  it('shows the code line by line, for who reviews it', () => {
    expect(unified).toContain("\n    return (function () {\n      'use strict';\n");
  });

  it('has a picture of 120 by 50 in under 10 KiB', () => {
    const png = Buffer.from(read.image?.split(',')[1] ?? '', 'base64');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([120, 50]);
    expect(png.length).toBeLessThan(10 * 1024);
  });
});

describe('the pack in parts', () => {
  it('has the code beside a YAML without it', () => {
    const files = stagedFiles(code);
    const folder = 'Integrations/DuoAuthAPI';
    expect(text(files.get(`${folder}/DuoAuthAPI.js`))).toBe(code);
    expect(parse(text(files.get(`${folder}/DuoAuthAPI.yml`))).script.script).toBe('');
    expect([...files.keys()].filter((path) => path.startsWith(folder)).sort()).toEqual([
      `${folder}/DuoAuthAPI.js`,
      `${folder}/DuoAuthAPI.yml`,
      `${folder}/DuoAuthAPI_description.md`,
      `${folder}/DuoAuthAPI_image.png`,
      `${folder}/README.md`,
      `${folder}/command_examples`,
    ]);
  });
});
