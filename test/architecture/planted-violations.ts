/** A file that breaks the import rule, and the names of the rules that have to notice. */
export interface PlantedViolation {
  readonly path: string;
  readonly text: string;
  readonly breaks: readonly string[];
}

/** A small house with the shape of ours, in order: what the violations import. */
export const PLANTED_HOUSE: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    dependencies: { '@eventstore/db-client': '1.0.0', 'decimal.js': '1.0.0', pg: '1.0.0' },
    devDependencies: { 'fast-check': '1.0.0' },
  }),
  ...plantedPackage('@eventstore/db-client'),
  ...plantedPackage('decimal.js'),
  ...plantedPackage('pg'),
  ...plantedPackage('fast-check'),
  ...plantedPackage('left-behind'),
  'libs/kernel/index.ts': "export * from './decimal';",
  'libs/kernel/decimal.ts': "export { Decimal } from 'decimal.js';",
  'libs/platform/database/index.ts': "import { word } from '@khamrap/kernel';\nexport const database = word;",
  'libs/platform/database/pool.ts': "export { Pool } from 'pg';",
  'libs/platform/event-store/eventstoredb/client.ts': "export * from '@eventstore/db-client';",
  'libs/platform/transparency/index.ts': "export { tree } from '@khamrap/platform/transparency/proof';",
  'libs/platform/transparency/proof/index.ts': "import { word } from '@khamrap/kernel';\nexport const tree = word;",
  'libs/slices/goals/domain/goal.ts':
    "import type { Signed } from '@khamrap/agreements/events';\nexport type Goal = Signed;",
  'libs/slices/goals/events.ts': "export type { Goal } from './domain/goal';",
  'libs/slices/goals/index.ts': "export { database as goals } from '@khamrap/platform/database';",
  'libs/slices/agreements/events.ts': 'export type Signed = string;',
  'libs/slices/agreements/index.ts': 'export const agreements = 1;',
  'libs/testing/index.ts': "import fc from 'fast-check';\nexport const arbitrary = fc;",
  'libs/ui/index.ts': "export { tree as picture } from '@khamrap/platform/transparency/proof';",
  'libs/slices/goals/goals.spec.ts':
    "import fc from 'fast-check';\nimport '@khamrap/testing';\nimport '../../platform/database/pool';",
  'apps/api/main.ts': "import '@khamrap/goals';\nimport '@khamrap/platform/database';\nimport '../../libs/ui';",
  'apps/web/main.tsx': "import '../../libs/ui';\nimport 'fast-check';",
  'test/journeys/journey.ts': "import '../../libs/platform/database/pool';\nimport 'pg';",
};

export const PLANTED_VIOLATIONS: readonly PlantedViolation[] = [
  // Packages
  { path: 'apps/cli/broken.ts', text: "import './missing';", breaks: ['everything-resolves'] },
  { path: 'apps/cli/lodger.ts', text: "import 'left-behind';", breaks: ['packages-are-declared'] },
  { path: 'apps/cli/fuzz.ts', text: "import 'fast-check';", breaks: ['no-development-packages-at-run-time'] },
  { path: 'apps/cli/query.ts', text: "import 'pg';", breaks: ['postgresql-in-the-platform'] },
  {
    path: 'libs/platform/event-store/postgres/other-engine.ts',
    text: "import '@eventstore/db-client';",
    breaks: ['eventstoredb-in-its-adapter'],
  },
  // A file that nothing imports; the cruise of the planted house imports every other one
  { path: 'libs/platform/access/forgotten.ts', text: 'export const forgotten = 1;', breaks: ['no-dead-files'] },
  // Cycles, of values and of types; each is reported once, at its first file
  { path: 'libs/slices/goals/views/hen.ts', text: "import './egg';", breaks: [] },
  { path: 'libs/slices/goals/views/egg.ts', text: "import './hen';", breaks: ['no-cycles'] },
  {
    path: 'libs/kernel/left.ts',
    text: "import type { Right } from './right';\nexport interface Left { right: Right }",
    breaks: ['no-cycles'],
  },
  {
    path: 'libs/kernel/right.ts',
    text: "import type { Left } from './left';\nexport interface Right { left: Left }",
    breaks: [],
  },
  // Kernel
  { path: 'libs/kernel/clock.ts', text: "import 'node:perf_hooks';", breaks: ['kernel-imports-nothing'] },
  {
    path: 'libs/kernel/storage.ts',
    text: "import '@khamrap/platform/database';",
    breaks: ['kernel-imports-nothing'],
  },
  {
    path: 'libs/platform/database/shortcut.ts',
    text: "import '../../kernel/decimal';",
    breaks: ['kernel-through-its-door'],
  },
  // Platform
  { path: 'libs/platform/access/grants.ts', text: "import '@khamrap/goals';", breaks: ['platform-knows-no-slice'] },
  {
    path: 'libs/platform/access/grant-types.ts',
    text: "import type { Goal } from '@khamrap/goals/events';\nexport type Grant = Goal;",
    breaks: ['platform-knows-no-slice'],
  },
  {
    path: 'libs/platform/access/pool.ts',
    text: "import '../database/pool';",
    breaks: ['platform-meets-through-doors'],
  },
  {
    path: 'apps/cli/pool.ts',
    text: "import '../../libs/platform/database/pool';",
    breaks: ['platform-through-its-doors'],
  },
  {
    path: 'libs/platform/transparency/proof/fetch.ts',
    text: "import '@khamrap/platform/database';",
    breaks: ['proof-runs-in-a-browser'],
  },
  // Slices
  { path: 'libs/slices/goals/domain/random.ts', text: "import 'node:crypto';", breaks: ['domain-is-pure'] },
  {
    path: 'libs/slices/goals/domain/store.ts',
    text: "import '@khamrap/platform/database';",
    breaks: ['domain-is-pure'],
  },
  { path: 'libs/slices/goals/domain/number.ts', text: "import 'decimal.js';", breaks: ['domain-is-pure'] },
  { path: 'libs/slices/goals/domain/module.ts', text: "import '../index';", breaks: ['domain-is-pure'] },
  { path: 'libs/slices/goals/commands/look.ts', text: "import '../../../ui';", breaks: ['slices-know-no-program'] },
  {
    path: 'libs/slices/goals/commands/sign.ts',
    text: "import '@khamrap/agreements';",
    breaks: ['slices-meet-through-events'],
  },
  {
    path: 'apps/cli/goal.ts',
    text: "import '../../libs/slices/goals/domain/goal';",
    breaks: ['slices-through-their-doors'],
  },
  // Tests
  { path: 'libs/testing/start.ts', text: "import '../../apps/api/main';", breaks: ['testing-knows-no-program'] },
  { path: 'apps/cli/seed.ts', text: "import '@khamrap/testing';", breaks: ['testing-is-for-tests'] },
  {
    path: 'test/journeys/again.ts',
    text: "import '../../libs/slices/goals/goals.spec';",
    breaks: ['nothing-imports-a-spec'],
  },
  // Pictures and programs
  { path: 'libs/ui/standing.tsx', text: "import '@khamrap/goals';", breaks: ['ui-shows-what-it-is-given'] },
  { path: 'apps/web/standing.tsx', text: "import '@khamrap/goals';", breaks: ['web-talks-to-the-api-only'] },
  {
    path: 'apps/cli/verify/log.ts',
    text: "import 'node:fs';\nimport '@khamrap/platform/transparency/proof';\nimport '@khamrap/platform/transparency';",
    breaks: ['verifier-imports-no-server-code'],
  },
  { path: 'apps/cli/serve.ts', text: "import '../api/main';", breaks: ['programs-stand-alone'] },
];

function plantedPackage(name: string): Record<string, string> {
  const folder = `node_modules/${name}`;
  return {
    [`${folder}/package.json`]: JSON.stringify({ name, version: '1.0.0', main: 'index.js' }),
    [`${folder}/index.js`]: '',
  };
}
