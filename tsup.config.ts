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

const library = { index: 'src/index.ts' };
const tools = { simulator: 'src/simulator/index.ts', login: 'src/login/index.ts' };

// Packages written as CommonJS ask for Node's modules by require, which an ES module does not have.
const withRequire = {
  js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
};

// Names stay, so that a stack trace says where.
const compact: NonNullable<Options['esbuildOptions']> = (options) => {
  options.minifySyntax = true;
  options.minifyWhitespace = true;
};

// In the library axios and zod are those of npm, so that users can update them by themselves. In the tools
// they are inside: a process that starts for one command reads a few files instead of some hundreds.
export default defineConfig([
  {
    ...shared,
    entry: library,
    format: 'esm',
    dts: { entry: { ...library, ...tools } },
    esbuildOptions: compact,
  },
  {
    ...shared,
    entry: { ...library, ...tools },
    format: 'cjs',
    dts: { entry: { ...library, ...tools } },
    esbuildOptions: compact,
  },
  {
    ...shared,
    entry: { ...tools, cli: 'src/cli/main.ts' },
    format: 'esm',
    noExternal: ['axios', 'zod'],
    esbuildPlugins: [withoutForms, ...shared.esbuildPlugins],
    banner: withRequire,
    minify: true,
    keepNames: true,
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
