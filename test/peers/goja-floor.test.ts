import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { floorGlobals, floorPrototypes } from '../../scripts/bundle/floor-list.ts';
import { buildGojaHost, gojaVersions, startGojaHost } from '../../testing/goja-host.ts';
import { describePeer, missingCommand } from './peer.ts';

const folder = mkdtempSync(join(tmpdir(), 'goja-floor-'));

// Two that no engine has show that the probe finds what is missing.
const wantedGlobals = {
  ...floorGlobals,
  Object: [...(floorGlobals['Object'] ?? []), 'fromAnything'],
  nothing: [],
};
const missingBuiltIns = `
var globals = ${JSON.stringify(wantedGlobals)};
var prototypes = ${JSON.stringify(floorPrototypes)};
var samples = { Array: [], Date: new Date(), Error: new Error('a'), Function: function () {}, Map: new Map(),
  Object: {}, RegExp: /a/, Set: new Set(), String: Object('a'), Uint8Array: new Uint8Array(1) };
var missing = [];
Object.keys(globals).forEach(function (name) {
  if (eval('typeof ' + name) === 'undefined') {
    missing.push(name);
    return;
  }
  globals[name].forEach(function (member) {
    if (!(member in eval(name))) {
      missing.push(name + '.' + member);
    }
  });
});
Object.keys(prototypes).forEach(function (name) {
  prototypes[name].forEach(function (member) {
    if (!(member in samples[name])) {
      missing.push(name + '#' + member);
    }
  });
});
return missing.sort();
`;

describePeer('the built-ins that the bundle may use', missingCommand('go', ['version']), () => {
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(Object.entries(gojaVersions))('are in goja of %s', async (version, moduleFile) => {
    const binary = join(folder, version.replaceAll(' ', '-'));
    buildGojaHost(moduleFile, binary);
    const probe = join(folder, 'probe.js');
    writeFileSync(probe, missingBuiltIns);
    const host = startGojaHost(binary, ['-script', probe]);
    const { result } = await host.run({ command: 'probe' });
    host.close();
    expect(result).toEqual(['Object.fromAnything', 'nothing']);
  });
});
