import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Options } from 'tsup';
import { readSources } from './house/import-graph.ts';

type EsbuildPlugin = NonNullable<Options['esbuildPlugins']>[number];

const folder = 'vendor';

/** A package's file under dist/vendor: `@fastify/cookie` is `fastify-cookie`. */
const fileOf = (name: string): string => name.replace(/^@/, '').replaceAll('/', '-');

const dynamicImport = /\bimport\(\s*'((?!node:)[^.'][^']*)'\s*\)/g;

/** The packages that are loaded when they are first needed, in the order of their names. */
export const vendoredPackages = (external: readonly string[]): string[] => {
  const names = readSources('src').flatMap(({ path }) =>
    [...readFileSync(path, 'utf8').matchAll(dynamicImport)].flatMap(([, name]) => name ?? []),
  );
  return [...new Set(names)].filter((name) => !external.includes(name)).sort();
};

/** Entries of the build of dist/vendor. */
export const vendorEntries = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [`${folder}/${fileOf(name)}`, `vendored:${name}`]));

/** Writes the entries: every name that Node sees in the package, however the package is built. */
export const vendorSource: EsbuildPlugin = {
  name: 'vendor-source',
  setup(build) {
    build.onResolve({ filter: /^vendored:/ }, ({ path }) => ({ path, namespace: 'vendored' }));
    build.onLoad({ filter: /./, namespace: 'vendored' }, async ({ path }) => {
      const name = path.replace('vendored:', '');
      const names = Object.keys(await import(name)).filter((one) => /^[\w$]+$/.test(one));
      const exported = names.filter((one) => one !== 'module.exports');
      return {
        contents: `export { ${exported.join(', ')} } from ${JSON.stringify(name)};`,
        resolveDir: process.cwd(),
      };
    });
  },
};

/** Lets every other bundle load those packages from dist/vendor. */
export const vendorImports = (names: readonly string[]): EsbuildPlugin => ({
  name: 'vendor-imports',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'dynamic-import' && names.includes(path)
        ? { path: `./${folder}/${fileOf(path)}.mjs`, external: true }
        : undefined,
    );
  },
});

const bundled = new Set<string>();

/** The folder of the package that a bundled file is from. */
const packageOf = (input: string): string | undefined =>
  /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];

/** Notes what is inside the bundles, for the bill of materials and the notices. */
export const inventory: EsbuildPlugin = {
  name: 'inventory',
  setup(build) {
    build.initialOptions.metafile = true;
    build.onEnd(({ metafile }) => {
      for (const { inputs } of Object.values(metafile?.outputs ?? {})) {
        for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
          const folder = packageOf(input.replace(/^[\w-]+:/, ''));
          if (bytesInOutput > 0 && folder !== undefined) {
            bundled.add(folder);
          }
        }
      }
      mkdirSync('dist', { recursive: true });
      writeFileSync('dist/bundled.json', JSON.stringify([...bundled].sort()));
    });
  },
};
