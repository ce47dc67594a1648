import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { defineConfig, type Options } from 'tsup';
import {
  inventory,
  vendorEntries,
  vendoredPackages,
  vendorImports,
  vendorSource,
} from './scripts/bundle-vendor.ts';

type EsbuildPlugin = NonNullable<Options['esbuildPlugins']>[number];

// Takes a file as text, as Vite and so the test runner do: import page from './page.html?raw'.
const rawText: EsbuildPlugin = {
  name: 'raw-text',
  setup(build) {
    // The path keeps its ending, or tsup's own plugin would take a style sheet for one to emit.
    build.onResolve({ filter: /\?raw$/ }, ({ path, importer }) => ({
      path: join(dirname(importer), path),
      namespace: 'raw-text',
    }));
    build.onLoad({ filter: /.*/, namespace: 'raw-text' }, async ({ path }) => ({
      contents: await readFile(path.replace(/\?raw$/, ''), 'utf8'),
      loader: 'text',
    }));
  },
};

// The gateway's own, because it is not JavaScript: its users install it.
const external = ['@node-rs/bcrypt'];
const vendored = vendoredPackages(external);

const shared = {
  target: 'node20',
  platform: 'node',
  outDir: 'dist',
  external,
  esbuildPlugins: [inventory, rawText, vendorImports(vendored)],
} satisfies Options;

// The command line starts the simulator and the gateway that the package has anyway.
const siblings: EsbuildPlugin = {
  name: 'siblings',
  setup(build) {
    build.onResolve({ filter: /\/(?:simulator|login)\/index\.ts$/ }, ({ path, kind }) =>
      kind === 'dynamic-import'
        ? { path: `./${path.split('/').at(-2)}.js`, external: true }
        : undefined,
    );
  },
};

// axios brings a package for forms with files, and that one a database of media types. Node has FormData.
const withoutForms: EsbuildPlugin = {
  name: 'without-forms',
  setup(build) {
    build.onResolve({ filter: /^form-data$/ }, ({ path }) => ({
      path,
      namespace: 'without-forms',
    }));
    build.onLoad({ filter: /./, namespace: 'without-forms' }, () => ({
      contents: 'export default FormData;',
    }));
  },
};

// Fastify compiles JSON schemas of routes. Ours have none: they read what arrives with zod.
const withoutSchemas: EsbuildPlugin = {
  name: 'without-schemas',
  setup(build) {
    build.onResolve(
      { filter: /^@fastify\/(?:ajv-compiler|fast-json-stringify-compiler)$/ },
      ({ path }) => ({ path, namespace: 'without-schemas' }),
    );
    build.onLoad({ filter: /./, namespace: 'without-schemas' }, () => ({
      contents:
        "module.exports = () => () => { throw new Error('This bundle compiles no JSON schemas.'); };",
    }));
  },
};

const entry = {
  index: 'src/index.ts',
  simulator: 'src/simulator/index.ts',
  login: 'src/login/index.ts',
};

// Packages written as CommonJS ask for Node's modules by require, which an ES module does not have.
const withRequire = {
  js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
};

// Names stay, so that a stack trace says where.
const compact: NonNullable<Options['esbuildOptions']> = (options) => {
  options.minifySyntax = true;
  options.minifyWhitespace = true;
};

// axios and zod come with npm, so that users can update them by themselves. All else is inside.
export default defineConfig([
  { ...shared, entry, format: 'esm', dts: { entry }, esbuildOptions: compact },
  { ...shared, entry, format: 'cjs', dts: { entry }, esbuildOptions: compact },
  {
    ...shared,
    // A process that starts for one command reads one file instead of some hundreds.
    entry: { cli: 'src/cli/main.ts' },
    format: 'esm',
    noExternal: ['axios', 'zod'],
    esbuildPlugins: [siblings, withoutForms, ...shared.esbuildPlugins],
    banner: withRequire,
    minify: true,
  },
  {
    ...shared,
    // tsup looks for files; these are no files.
    entry: ['package.json'],
    esbuildOptions: (options) => {
      options.entryPoints = vendorEntries(vendored);
    },
    format: 'esm',
    noExternal: [/./],
    esbuildPlugins: [inventory, vendorSource, withoutSchemas],
    banner: withRequire,
    minify: true,
  },
]);
