import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { PLANTED_HOUSE, PLANTED_VIOLATIONS } from './planted-violations';
import { PlantedTree } from './planted-tree';
import { ROOT, sourceFiles } from './source-files';

interface Rule {
  readonly name: string;
}

interface Cruise {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly to: string; readonly rule: Rule }[];
    readonly ruleSetUsed: { readonly forbidden: readonly Rule[] };
  };
}

const CONFIGURATION = ['.dependency-cruiser.cjs', 'tsconfig.json', 'test/architecture/tsconfig.imports.json'] as const;
const CRUISER = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

function cruise(folder: string): Cruise {
  const options = ['--config', CONFIGURATION[0], '--output-type', 'json', 'apps', 'libs', 'test'];
  const output = execFileSync(process.execPath, [CRUISER, ...options], { cwd: folder, maxBuffer: 2 ** 28 });
  return JSON.parse(output.toString('utf8')) as Cruise;
}

// Another program starts and reads the whole tree.
jest.setTimeout(60_000);

describe('the import rule', () => {
  it('is kept everywhere, and every file was looked at', () => {
    const { modules, summary } = cruise(ROOT);
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
    const seen = new Set(modules.map(({ source }) => source));
    const files = sourceFiles();
    expect(files.length).toBeGreaterThan(60);
    expect(files.filter((file) => !seen.has(file))).toEqual([]);
  });
});

describe('a planted house that breaks the import rule', () => {
  const tree = new PlantedTree();
  afterAll(() => tree.remove());

  function importsOfAllButTheDead(): string {
    const alive = PLANTED_VIOLATIONS.filter(({ breaks }) => !breaks.includes('no-dead-files'));
    return [...Object.keys(PLANTED_HOUSE), ...alive.map(({ path }) => path)]
      .filter((path) => /^(?:apps|libs)\/.*(?<!\.spec)\.tsx?$/.test(path))
      .map((path) => `import '../../${path.replace(/\.tsx?$/, '')}';`)
      .join('\n');
  }

  it('breaks every rule, is caught at each violation, and nowhere else', () => {
    tree.plantOurs(CONFIGURATION);
    for (const [path, text] of Object.entries(PLANTED_HOUSE)) tree.plant(path, text);
    for (const { path, text } of PLANTED_VIOLATIONS) tree.plant(path, text);
    tree.plant('test/journeys/everything.ts', importsOfAllButTheDead());

    const { summary } = cruise(tree.folder);
    const caught = summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`);
    const planted = PLANTED_VIOLATIONS.flatMap(({ path, breaks }) => breaks.map((rule) => `${rule}: ${path}`));
    expect([...new Set(caught)].sort()).toEqual(planted.sort());

    const broken = new Set(PLANTED_VIOLATIONS.flatMap(({ breaks }) => breaks));
    const rules = summary.ruleSetUsed.forbidden.map(({ name }) => name);
    expect(rules.filter((name) => !broken.has(name))).toEqual([]);
  });
});
