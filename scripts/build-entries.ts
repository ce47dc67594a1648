// Writes the files by which programs load what `tsup` has built: dist/NAME.cjs, and for ES modules dist/NAME.mjs
// and dist/NAME.d.mts. All lead to one copy of the code, so that an error is of the same class whichever
// way it was loaded.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const require = createRequire(import.meta.url);

const [folder = 'dist'] = process.argv.slice(3);

const entries = {
  index: "require('./library.cjs')",
  simulator: "require('./tools.cjs').loadSimulator()",
  login: "require('./tools.cjs').loadLogin()",
};

// Node starts a program in CommonJS sooner than one in ES modules, so dist/cli.js is one.
writeFileSync(`${folder}/package.json`, '{"type":"commonjs"}\n');

// Node reads a CommonJS file through before an ES module may import it, to find what it exports, and goes
// on into files that it hands over at once. That takes longer than to run it. A constant between keeps
// Node out.
for (const [name, code] of Object.entries(entries)) {
  writeFileSync(`${folder}/${name}.cjs`, `const all = ${code};\nmodule.exports = all;\n`);
  const names = Object.keys(require(resolve(`${folder}/${name}.cjs`))).sort();
  const source = `import all from './${name}.cjs';\nexport const { ${names.join(', ')} } = all;\n`;
  writeFileSync(`${folder}/${name}.mjs`, source);
  writeFileSync(`${folder}/${name}.d.mts`, `export * from './${name}.cjs';\n`);
}

// From Node 22.1 on, what is loaded from there on is compiled once and kept.
writeFileSync(
  `${folder}/process.cjs`,
  `require('node:module').enableCompileCache?.();
const { runProcess } = require('./tools.cjs').loadProcess();
exports.runProcess = runProcess;
`,
);
