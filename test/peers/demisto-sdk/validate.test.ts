import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildBundle } from '../../../scripts/bundle/build-bundle.ts';
import { stagedFiles } from '../../../scripts/pack/pack-files.ts';
import { describePeer, missingCommand } from '../peer.ts';
import {
  type ContentRepository,
  makeContentRepository,
  sdk,
  sdkHome,
} from './content-repository.ts';

const list = (codes: string): string[] => codes.trim().split(/\s+/);

// Why not is in docs/xsoar.md.
const notRun = {
  needGraph: list(`
    AG116 GR100 GR101 GR102 GR103 GR104 GR105 GR106 GR107 GR108 GR109 GR110 GR111 GR112 GR113 GR114
    GR115 GR116 GR117 GR118 PA124 PA133 PB133 SC109 SC110
  `),
  needDockerHub: list('DO105 DO106'),
};

/** Every code that the installed tool has: a check is a file, named for its code. */
const allCodes = (): string[] => {
  const python = readdirSync(join(sdkHome, 'lib')).find((name) => name.startsWith('python3'));
  const folder = `lib/${python}/site-packages/demisto_sdk/commands/validate/validators`;
  const files = readdirSync(join(sdkHome, folder), { recursive: true, encoding: 'utf8' });
  const codes = files.flatMap((file) => /\/([A-Z]{2}\d{3})_\w+\.py$/.exec(file)?.slice(1) ?? []);
  return [...new Set(codes)].sort();
};

const findings = (output: string): string[] =>
  [...output.matchAll(/ \[([A-Z]{2}\d{3})\] /g)].map(([, code = '']) => code).sort();

const notes = `
#### Integrations

##### Duo Auth API

- Improved implementation of the ***duo-check*** command.
`;

describePeer('demisto-sdk validate, by git', missingCommand(sdk, ['--version']), () => {
  const folder = mkdtempSync(join(tmpdir(), 'validate-'));
  let repository: ContentRepository;
  let code: string;

  const validate = () => {
    const left = new Set(Object.values(notRun).flat());
    const codes = allCodes().filter((one) => !left.has(one));
    return repository.run(
      ...['validate', '-g', '--prev-ver', 'master', '--ignore-support-level'],
      ...['--run-specific-validations', codes.join(',')],
    );
  };

  beforeAll(async () => {
    code = await buildBundle();
    repository = makeContentRepository(folder, code);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  describe('of a new pack', () => {
    it('finds nothing but that its modules on the platform are new: five items have them', () => {
      const { output } = validate();
      expect(output).toContain('Packs/DuoAuthAPI/Integrations/DuoAuthAPI/DuoAuthAPI.yml');
      expect(findings(output)).toEqual(Array(5).fill('BC117'));
    });
  });

  describe('of its next version', () => {
    const staged = (path: string): string =>
      Buffer.from(stagedFiles(code).get(path) ?? []).toString();
    const yml = 'Integrations/DuoAuthAPI/DuoAuthAPI.yml';
    const metadata = 'pack_metadata.json';
    const raised = () =>
      staged(metadata).replace('"currentVersion": "1.0.0"', '"currentVersion": "1.0.1"');

    beforeAll(() => {
      repository.git('push', '--quiet', 'origin', 'pack:master');
      repository.git('fetch', '--quiet', 'origin');
    });

    /** Validate what these changes make of the version that is out. */
    const validateChanged = (changes: Readonly<Record<string, string>>) => {
      repository.git('switch', '--quiet', '--force-create', 'next', 'pack');
      repository.write(new Map(Object.entries(changes)));
      repository.commit('The next version');
      return validate();
    };

    it('finds nothing where the version is raised and has release notes', () => {
      const changed = staged(yml).replace('an alias works too.', 'an alias will do.');
      expect(changed).not.toBe(staged(yml));
      const { output, isSuccess } = validateChanged({
        [yml]: changed,
        [metadata]: raised(),
        'ReleaseNotes/1_0_1.md': notes,
      });
      expect(output).toContain('Packs/DuoAuthAPI/ReleaseNotes/1_0_1.md');
      expect(findings(output)).toEqual([]);
      expect(isSuccess).toBe(true);
    });

    it('finds it where there are none', () => {
      const changed = staged(yml).replace('an alias works too.', 'an alias will do.');
      const { output, isSuccess } = validateChanged({ [yml]: changed, [metadata]: raised() });
      expect(findings(output)).toEqual(['PA101', 'RN106', 'RN116']);
      expect(isSuccess).toBe(false);
    });

    it('finds what breaks playbooks and settings that exist', () => {
      const changed = staged(yml)
        .replace('name: ipaddr', 'name: ip_address')
        .replace('contextPath: Duo.PreAuth.Response.Result', 'contextPath: Duo.PreAuth.Result')
        .replace('Use system proxy settings', 'use the proxy')
        .replace('name: useragent', 'name: user_agent');
      const { output } = validateChanged({
        [yml]: changed,
        [metadata]: raised(),
        'ReleaseNotes/1_0_1.md': notes,
      });
      const found = new Set(findings(output));
      expect([...found]).toEqual(expect.arrayContaining(['BC102', 'BC104', 'BC112', 'IN100']));
    });
  });

  describe('the table in docs/xsoar.md', () => {
    const page = readFileSync('docs/xsoar.md', 'utf8');
    const rows = [...page.matchAll(/^\| ([A-Z]{2}) +\|.*\| +(\d+) \| ([^|]*) +\|$/gm)];
    const group = (codes: readonly string[]) => {
      const families = new Map<string, string[]>();
      for (const one of codes) {
        const family = one.slice(0, 2);
        families.set(family, [...(families.get(family) ?? []), one]);
      }
      return families;
    };

    it('has every family of checks, with their number', () => {
      const counts = [...group(allCodes())].map(([family, codes]) => [
        family,
        String(codes.length),
      ]);
      expect(rows.map(([, family, count]) => [family, count])).toEqual(counts);
    });

    it('says how many of them run', () => {
      const all = allCodes().length;
      const left = Object.values(notRun).flat().length;
      expect(page).toContain(`${all - left} of its ${all} checks`);
    });

    it('names each check that is not run', () => {
      const left = group(Object.values(notRun).flat());
      for (const [, family = '', , named = ''] of rows) {
        const codes = left.get(family) ?? [];
        const all = codes.length === group(allCodes()).get(family)?.length;
        expect(named.trim(), family).toBe(all ? 'all' : codes.join(', '));
      }
    });
  });
});
