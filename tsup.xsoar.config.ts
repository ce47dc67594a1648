import { transform } from 'esbuild';
import { defineConfig } from 'tsup';
import { librariesIn, packVendor } from './scripts/bundle/pack-vendor.ts';
import { sourcePlugin } from './scripts/bundle/source-plugin.ts';
import { wrap } from './scripts/bundle/wrap.ts';

const target = 'es2017';

// What XSOAR's engine cannot do, beyond what ES2017 already leaves out. The build stops where
// something of it is left.
const missing = ['async-await', 'generator', 'async-generator', 'for-await', 'bigint'];

// What libraries look for and the engine does not have, or has only sometimes: they are to choose
// the same way everywhere.
const absent = [
  'window',
  'self',
  'global',
  'process',
  'define',
  'Buffer',
  'TextEncoder',
  'TextDecoder',
  'atob',
  'btoa',
];

const pack = async (code: string): Promise<string> =>
  (await transform(code, { minify: true, target, format: 'esm', treeShaking: true })).code;

export default defineConfig({
  entry: { DuoAuthAPI: 'src/hosts/xsoar/script.ts' },
  outDir: 'dist/xsoar',
  format: 'esm',
  outExtension: () => ({ js: '.js' }),
  target,
  // Says ES2017 too, so class fields become plain assignments.
  tsconfig: 'tsconfig.core.json',
  platform: 'neutral',
  noExternal: [/./],
  splitting: false,
  clean: true,
  silent: true,
  esbuildPlugins: [sourcePlugin],
  esbuildOptions: (options) => {
    options.supported = Object.fromEntries(missing.map((feature) => [feature, false]));
    options.define = Object.fromEntries(absent.map((name) => [name, 'undefined']));
    // Its main file asks for Node's first.
    options.alias = { inherits: 'inherits/inherits_browser.js' };
    options.mainFields = ['module', 'main'];
    options.legalComments = 'none';
  },
  plugins: [
    {
      name: 'xsoar-script',
      renderChunk: async (code) => ({
        code: wrap(await packVendor(code, pack), librariesIn(code)),
      }),
    },
  ],
});
