import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type BuildOptions, build, type Plugin, transform } from 'esbuild';
import ts from 'typescript';
import packageJson from '../../package.json' with { type: 'json' };
import { requireFloor } from './floor.ts';
import { librariesOf, libraryImports, notices } from './libraries.ts';

const limitBytes = 160 * 1024;

// What the engine's floor has beyond ES2015 is object spread, which needs no helper there.
const options = {
  bundle: true,
  write: false,
  platform: 'neutral',
  target: 'es2015',
  supported: { 'object-rest-spread': true },
  // Strict mode is the wrapper's, for both.
  tsconfigRaw: {},
  logLevel: 'warning',
  metafile: true,
  // A name that a library no longer has.
  logOverride: { 'import-is-undefined': 'error' },
} satisfies BuildOptions;

/** esbuild leaves classes as they are, and the floor has none; TypeScript makes functions of them. */
const classesToFunctions: Plugin = {
  name: 'classes-to-functions',
  setup: ({ onLoad }) => {
    const compilerOptions: ts.CompilerOptions = {
      target: ts.ScriptTarget.ES5,
      module: ts.ModuleKind.ES2015,
      downlevelIteration: true,
      importHelpers: true,
      useDefineForClassFields: false,
    };
    onLoad({ filter: /\/src\/duo\/(?:errors\/.*|secret)\.ts$/ }, ({ path }) => ({
      contents: ts.transpileModule(readFileSync(path, 'utf8'), { compilerOptions }).outputText,
      loader: 'js',
    }));
  },
};

/** Our schemas call the functions of checks.ts, where elsewhere they call zod's. */
const zodAsChecks: Plugin = {
  name: 'zod-as-checks',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^zod\/mini$/ }, () => ({ path: resolve('src/hosts/xsoar/checks.ts') }));
  },
};

/** Our code finds in the variable `libraries` what it imports of them. */
const librariesAsVariable: Plugin = {
  name: 'libraries-as-variable',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' ? undefined : { path, namespace: 'library' },
    );
    onLoad({ filter: /./, namespace: 'library' }, ({ path }) => {
      const names = libraryImports[path] ?? [];
      const from = `libraries[${JSON.stringify(path)}]`;
      return {
        contents: names.includes('default')
          ? `export default ${from}.default;`
          : `export const { ${names.join(', ')} } = ${from};`,
      };
    });
  },
};

const bundleOurs = async (): Promise<string> => {
  const { outputFiles } = await build({
    ...options,
    entryPoints: ['src/hosts/xsoar/script.ts'],
    format: 'cjs',
    plugins: [zodAsChecks, classesToFunctions, librariesAsVariable],
  });
  return outputFiles[0]?.text ?? '';
};

// What libraries look for and the engine does not have, or has only sometimes: they are to choose
// the same way everywhere.
const absent = ['window', 'self', 'global', 'process', 'define', 'Buffer']
  .concat(['TextEncoder', 'TextDecoder', 'atob', 'btoa'])
  .map((name) => [name, 'undefined']);

/** An ES module that gives out what our code imports, and nothing else of the libraries. */
const libraryEntry = (): string => {
  const imports = Object.entries(libraryImports);
  const members = imports.map(([path, names], index) => {
    const taken = names.map((name) => `${name}: from${index}.${name}`);
    return `${JSON.stringify(path)}: { ${taken.join(', ')} }`;
  });
  return [
    ...imports.map(([path], index) => `import * as from${index} from ${JSON.stringify(path)};`),
    `export const libraries = { ${members.join(', ')} };`,
  ].join('\n');
};

/** The libraries, as esbuild joins them and minified; and which they are. */
const bundleLibraries = async () => {
  const { outputFiles, metafile } = await build({
    ...options,
    stdin: { contents: libraryEntry(), resolveDir: '.' },
    format: 'iife',
    globalName: 'bundled',
    // Its main file asks for Node's first.
    alias: { inherits: 'inherits/inherits_browser.js' },
    mainFields: ['module', 'main'],
    define: Object.fromEntries(absent),
  });
  const code = outputFiles[0]?.text ?? '';
  const { code: minified } = await transform(code, { minify: true, target: 'es2015' });
  return { code, minified, libraries: librariesOf(Object.keys(metafile.inputs)) };
};

const wrap = (ours: string, libraries: string, about: string): string => `/*
 * Duo Auth API for Cortex XSOAR, version ${packageJson.version}. MIT license.
 *
 * Built from the TypeScript sources of the package ${packageJson.name}: first our code, with the path of each
 * source above it, then the libraries, minified, under their names, hashes and licenses.
 */
return (function () {
'use strict';
var module = {};
var { libraries } = loadLibraries();

${ours}
return module.exports.result;

// The libraries.
${about}
function loadLibraries() {
${libraries}return bundled;
}
})();
`;

/**
 * The script for XSOAR. XSOAR puts its own library in front and runs both as one function, so the script
 * keeps everything to itself: no name of its own, no strict mode for others, and the answer as the value
 * returned.
 *
 * @throws Error when it is too large, or asks for what the engine's floor does not have.
 */
export const buildBundle = async (): Promise<string> => {
  const ours = await bundleOurs();
  const { code, minified, libraries } = await bundleLibraries();
  const about = notices(libraries);
  // Only before it is minified does the code say which library is at fault.
  requireFloor(wrap(ours, code, about));
  const script = wrap(ours, minified, about);
  requireFloor(script);
  const size = Buffer.byteLength(script);
  if (size > limitBytes) {
    throw new Error(`The script for XSOAR has ${size} bytes, more than the ${limitBytes} allowed.`);
  }
  return script;
};
