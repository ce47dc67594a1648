import type { Options } from 'tsup';

type EsbuildPlugin = NonNullable<Options['esbuildPlugins']>[number];

/** The entry of dist/tools.cjs. */
export const toolsEntry = { tools: 'tools:' };

// One file, because a process reads one faster than twenty, and each part of it run when it is asked for.
const source = `
export const loadLogin = () => require('./src/login/index.ts');
export const loadSimulator = () => require('./src/simulator/index.ts');
export const loadProcess = () => require('./src/cli/process.ts');
`;

/** Writes that entry: the simulator, the login gateway and the command line, which share most of their code. */
export const toolsSource: EsbuildPlugin = {
  name: 'tools-source',
  setup(build) {
    build.onResolve({ filter: /^tools:$/ }, ({ path }) => ({ path, namespace: 'tools' }));
    build.onLoad({ filter: /./, namespace: 'tools' }, () => ({
      contents: source,
      resolveDir: process.cwd(),
    }));
  },
};

/** Lets dist/cli.js find the rest of the command line: scripts/build-entries.ts writes this file. */
export const toolsImport: EsbuildPlugin = {
  name: 'tools-import',
  setup(build) {
    build.onResolve({ filter: /^\.\/process\.ts$/ }, () => ({
      path: './process.cjs',
      external: true,
    }));
  },
};
