// Writes the files by which programs load what `tsup` has built: dist/NAME.cjs, and for ES modules dist/NAME.js
// and dist/NAME.d.ts. All lead to one copy of the code, so that an error is of the same class whichever
// way it was loaded.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const require = createRequire(import.meta.url);

const entries = {
  index: "require('./library.cjs')",
  simulator: "require('./tools.cjs').loadSimulator()",
  login: "require('./tools.cjs').loadLogin()",
};

// Node reads a CommonJS file through before an ES module may import it, to find what it exports, and goes
// on into files that it hands over at once. That takes longer than to run it. A constant between keeps
// Node out.
for (const [name, code] of Object.entries(entries)) {
  writeFileSync(`dist/${name}.cjs`, `const all = ${code};\nmodule.exports = all;\n`);
  const names = Object.keys(require(resolve(`dist/${name}.cjs`))).sort();
  const source = `import all from './${name}.cjs';\nexport const { ${names.join(', ')} } = all;\n`;
  writeFileSync(`dist/${name}.js`, source);
  writeFileSync(`dist/${name}.d.ts`, `export * from './${name}.cjs';\n`);
}
writeFileSync(
  'dist/process.cjs',
  "const { runProcess } = require('./tools.cjs').loadProcess();\nexports.runProcess = runProcess;\n",
);
