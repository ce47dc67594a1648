import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { transform } from 'esbuild';
import { defineConfig, type Options } from 'tsup';
import { toolsEntry, toolsImport, toolsSource } from './scripts/bundle-tools.ts';
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
    build.onLoad({ filter: /.*/, namespace: 'raw-text' }, async ({ path }) => {
      const file = path.replace(/\?raw$/, '');
      const text = await readFile(file, 'utf8');
      const [, ending] = /\.(css|js)$/.exec(file) ?? [];
      const contents =
        ending === undefined
          ? text
          : (await transform(text, { loader: ending as 'css' | 'js', minify: true })).code;
      return { contents, loader: 'text' };
    });
  },
};

// The gateway's own, because it is not JavaScript: its users install it.
const external = ['@node-rs/bcrypt'];
// axios has a place of its own: npm's in the library, inside the tools.
const vendored = vendoredPackages([...external, 'axios']);

const shared = {
  target: 'node20',
  platform: 'node',
  outDir: 'dist',
  external,
  esbuildPlugins: [inventory, rawText, vendorImports(vendored)],
} satisfies Options;

// What replaces a package, or a part of one, that nothing here can come to use.
const instead = (name: string, filter: RegExp, contents: string): EsbuildPlugin => ({
  name,
  setup(build) {
    build.onResolve({ filter }, ({ path }) => ({ path, namespace: name }));
    build.onLoad({ filter: /./, namespace: name }, () => ({ contents }));
  },
});

const throwing = (what: string): string =>
  `module.exports = () => () => { throw new Error('This bundle ${what}.'); };`;

const axiosParts = [
  // A package for forms with files, and that one a database of media types.
  instead('without-forms', /^form-data$/, 'export default class {}'),
  // A browser's ways of sending. The one over node:http serves the login's calls to XSOAR and to the proxy.
  instead(
    'without-adapters',
    /^\.\/(?:xhr|fetch)\.js$/,
    'export const getFetch = () => false; export default false;',
  ),
  // What that one does besides: every caller here follows no redirect, uses no proxy and sends JSON over HTTP/1.1.
  instead('without-redirects', /^follow-redirects$/, 'export default {};'),
  instead(
    'without-proxies',
    /^(?:proxy-from-env|https-proxy-agent)$/,
    'export const getProxyForUrl = () => ""; export default class {}',
  ),
  instead(
    'without-forms-and-files',
    /\/(?:formDataToStream|readBlob|fromDataURI|Http2Sessions|AxiosTransformStream|shouldBypassProxy)\.js$/,
    'export default class {}',
  ),
];

// Node loads half of its HTTP client of browsers when a program so much as asks whether there is FormData.
// axios asks, and is never given a form.
const withoutFormData: EsbuildPlugin = {
  name: 'without-form-data',
  setup(build) {
    build.onLoad({ filter: /axios\/lib\/utils\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const contents = source.replace(/typeof G\.FormData\b/, '"undefined"');
      if (contents === source) {
        throw new Error('axios asks for FormData in another way.');
      }
      return { contents, loader: 'js' };
    });
  },
};

const fastifyParts = [
  // Routes here have no JSON schemas: they read what arrives with zod.
  instead(
    'without-schemas',
    /^@fastify\/(?:ajv-compiler|fast-json-stringify-compiler)$/,
    throwing('compiles no JSON schemas'),
  ),
  instead('without-injection', /^light-my-request$/, throwing('makes up no requests')),
  // Asked whether a plugin goes with this Fastify, which npm has seen to, and for versions of routes.
  instead(
    'without-versions',
    /^semver(?:\/|$)/,
    'exports.satisfies = () => true; exports.gt = () => false; exports.coerce = () => undefined;',
  ),
];

// tsup looks for files, and some entries are none.
const noFiles = ['package.json'];

const redisParts = [
  // Sessions are on the one server that a URL names.
  instead('without-clusters', /^\.\/cluster$/, 'exports.default = class {};'),
  instead(
    'without-sentinels',
    /\/SentinelConnector$/,
    'exports.default = class {}; exports.SentinelIterator = class {};',
  ),
  // It writes nothing unless DEBUG is set, and holds more of terminals than of Redis.
  instead(
    'without-debug',
    /^debug$/,
    'module.exports = () => Object.assign(() => {}, { enabled: false });',
  ),
];

const types = {
  index: 'src/index.ts',
  simulator: 'src/simulator/index.ts',
  login: 'src/login/index.ts',
};

// Packages written as CommonJS ask for Node's modules by require, which an ES module does not have.
const withRequire = {
  js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
};

// Each thing is built once, as CommonJS, which both kinds of module can load; scripts/build-entries.ts adds
// the files that import it. In the library axios is that of npm, so that users can update it by themselves,
// and is loaded with the first request. In the tools it is inside: a process that starts for one command
// reads one file instead of some hundreds. The library's names stay, so that a stack trace says where.
export default defineConfig([
  {
    ...shared,
    entry: { library: 'src/index.ts' },
    format: 'cjs',
    dts: { entry: types },
    noExternal: ['zod'],
    esbuildOptions: (options) => {
      options.supported = { 'dynamic-import': false };
      options.minifyWhitespace = true;
      options.minifySyntax = true;
    },
  },
  {
    ...shared,
    entry: noFiles,
    esbuildOptions: (options) => {
      options.entryPoints = toolsEntry;
      options.define = { FormData: 'undefined' };
    },
    format: 'cjs',
    noExternal: ['axios', 'zod'],
    esbuildPlugins: [toolsSource, withoutFormData, ...axiosParts, ...shared.esbuildPlugins],
    minify: true,
  },
  {
    ...shared,
    entry: { cli: 'src/cli/main.ts' },
    format: 'cjs',
    outExtension: () => ({ js: '.js' }),
    esbuildOptions: (options) => {
      options.supported = { 'dynamic-import': false };
    },
    esbuildPlugins: [toolsImport, ...shared.esbuildPlugins],
    minify: true,
  },
  {
    ...shared,
    entry: noFiles,
    esbuildOptions: (options) => {
      options.entryPoints = vendorEntries(vendored);
    },
    format: 'esm',
    outExtension: () => ({ js: '.mjs' }),
    noExternal: [/./],
    esbuildPlugins: [inventory, vendorSource, ...fastifyParts, ...redisParts],
    banner: withRequire,
    minify: true,
  },
]);
