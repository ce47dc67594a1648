// The house's import arrows: duo <- integration <- hosts <- cli. `login` and `simulator` stand
// beside them; the simulator takes only types from `duo`, so that the two cannot agree on a mistake.
const room = (name) => `^src/${name}/`;

const mayImport = (from, rooms) => ({
  name: `${from}-imports`,
  comment: `src/${from} imports only ${rooms.map((name) => `src/${name}`).join(', ') || 'itself'}`,
  severity: 'error',
  from: { path: room(from) },
  to: { path: '^src/', pathNot: [from, ...rooms].map(room) },
});

// The layers of the simulator. No arrow leads back; files beside them put the layers together.
const simulatorLayer = (from, layers) => ({
  name: `simulator-${from}-imports`,
  comment: `src/simulator/${from} imports only ${layers.join(', ') || 'itself'}`,
  severity: 'error',
  from: { path: room(`simulator/${from}`) },
  to: {
    path: '^src/simulator/',
    pathNot: [from, ...layers].map((layer) => room(`simulator/${layer}`)),
  },
});

const noNode = (from) => ({
  name: `${from}-is-pure`,
  comment: `src/${from} runs in XSOAR's engine: no Node module, and only packages that run there`,
  severity: 'error',
  from: { path: room(from) },
  to: { dependencyTypesNot: ['local'], pathNot: 'node_modules/(zod|fastest-levenshtein)/' },
});

module.exports = {
  forbidden: [
    mayImport('optional', []),
    mayImport('duo', []),
    mayImport('integration', ['duo']),
    mayImport('hosts', ['duo', 'integration']),
    mayImport('simulator', ['duo', 'optional']),
    mayImport('login', ['duo', 'hosts/node', 'optional']),
    mayImport('cli', ['duo', 'integration', 'hosts/node', 'simulator', 'login', 'optional']),
    noNode('duo'),
    noNode('integration'),
    {
      name: 'xsoar-host-is-bundled',
      comment:
        'src/hosts/xsoar runs in XSOAR: no Node module, and of packages what the bundle holds',
      severity: 'error',
      from: { path: room('hosts/xsoar') },
      to: { dependencyTypesNot: ['local'], pathNot: 'node_modules/(hash\\.js|js-base64)/' },
    },
    {
      name: 'simulator-takes-types-only',
      severity: 'error',
      from: { path: room('simulator') },
      to: { path: room('duo'), dependencyTypesNot: ['type-only'] },
    },
    simulatorLayer('core', []),
    simulatorLayer('config', ['core']),
    simulatorLayer('api', ['core']),
    simulatorLayer('server', ['api', 'core']),
    simulatorLayer('control', ['api', 'config', 'core']),
    simulatorLayer('pages', ['core']),
    {
      name: 'hosts-stay-apart',
      severity: 'error',
      from: { path: '^src/hosts/([^/]+)/' },
      to: { path: '^src/hosts/', pathNot: '^src/hosts/$1/' },
    },
    {
      name: 'node-host-asks-the-integration-in-one-place',
      comment: 'DuoClient and the transport stand on src/duo alone',
      severity: 'error',
      from: { path: room('hosts/node'), pathNot: '^src/hosts/node/create-integration\\.ts$' },
      to: { path: room('integration') },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'src-never-imports-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types'] },
  },
};
