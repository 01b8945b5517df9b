const swc = [
  '@swc/jest',
  {
    swcrc: false,
    sourceMaps: 'inline',
    module: { type: 'commonjs' },
    jsc: {
      target: 'es2023',
      keepClassNames: true,
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
    },
  },
];

// Packages published as ES modules only: Node loads them by require(esm), Jest has to transform them.
const esModulePackages = [
  'canonicalize',
  '@nestjs',
  'content-disposition',
  'cookie',
  'jose',
  'oidc-provider',
  'openid-client',
  'oauth4webapi',
  '@noble',
  '@scure',
  'file-type',
  'uint8array-extras',
  'token-types',
  'strtok3',
  '@borewit',
  '@tokenizer',
];

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: '<rootDir>/libs/testing/kept-compilations.cjs',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/test/benchmarks/node_modules'],
  transform: { '^.+\\.(t|j)s$': swc },
  transformIgnorePatterns: [`/node_modules/(?!(.*/)?(${esModulePackages.join('|')})/)`],
  // The same doors as tsconfig.json "paths", longest first.
  moduleNameMapper: {
    // The package names no entry for `require`.
    '^canonicalize$': '<rootDir>/node_modules/canonicalize/lib/canonicalize.js',
    '^@khamrap/kernel$': '<rootDir>/libs/kernel/index',
    '^@khamrap/testing$': '<rootDir>/libs/testing/index',
    '^@khamrap/platform/(.*)$': '<rootDir>/libs/platform/$1/index',
    '^@khamrap/([^/]+)/events$': '<rootDir>/libs/slices/$1/events',
    '^@khamrap/([^/]+)$': '<rootDir>/libs/slices/$1/index',
  },
  globalSetup: '<rootDir>/libs/testing/database/global-setup.ts',
  globalTeardown: '<rootDir>/libs/testing/database/global-teardown.ts',
  testSequencer: '<rootDir>/libs/testing/longest-first.cjs',
  maxWorkers: 2,
  // For a test that hangs. Whoever builds on a slow or busy machine waits longer, and is not told that something is broken.
  testTimeout: 30_000,
};
