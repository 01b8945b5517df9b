import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PlantedTree } from './planted-tree';
import { ROOT } from './source-files';

interface Diagnostic {
  readonly filename: string;
  readonly code: string;
}

/** Files that break a rule which the house leans on, and the rules that have to notice. */
const PLANTED: Readonly<Record<string, { readonly text: string; readonly breaks: readonly string[] }>> = {
  'libs/kernel/clock.ts': { text: 'export const now = Date.now();', breaks: ['eslint(no-restricted-globals)'] },
  'libs/kernel/luck.ts': { text: 'export const luck = Math.random();', breaks: ['eslint(no-restricted-properties)'] },
  'libs/kernel/order.ts': {
    text: "export const first = 'ก'.localeCompare('ข');",
    breaks: ['eslint(no-restricted-properties)'],
  },
  'libs/slices/goals/domain/wait.ts': {
    text: 'export const wait = (then: () => void): unknown => setTimeout(then, 1);',
    breaks: ['eslint(no-restricted-globals)'],
  },
  'libs/slices/goals/domain/ask.ts': {
    text: "export const ask = (): unknown => [process.pid, Buffer.from('a'), fetch('/')];",
    breaks: ['eslint(no-restricted-globals)', 'eslint(no-restricted-globals)', 'eslint(no-restricted-globals)'],
  },
  'libs/slices/goals/domain/files.ts': {
    text: "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;",
    breaks: ['eslint(no-restricted-imports)'],
  },
  'libs/slices/goals/domain/goal.evolve.ts': {
    text: "export function evolve(type: 'Set' | 'Met'): number {\n  switch (type) {\n    default:\n      return 0;\n  }\n}",
    breaks: ['typescript(switch-exhaustiveness-check)'],
  },
  'libs/slices/goals/views/goal.projection.ts': {
    text: 'async function project(): Promise<void> {}\nexport function start(): void {\n  project();\n}',
    breaks: ['typescript(no-floating-promises)'],
  },
  'libs/slices/goals/goals.controller.ts': {
    text: 'export function body(value: any): string {\n  console.log(typeof value);\n  return String(value);\n}',
    breaks: ['eslint(no-console)', 'typescript(no-explicit-any)'],
  },
  'libs/platform/access/long.ts': { text: `export const one = 1;${'\n'.repeat(400)}`, breaks: ['eslint(max-lines)'] },
  // In order: what is banned from pure folders is fine in their specs, and outside.
  'libs/kernel/clock.spec.ts': { text: 'export const now = Date.now();', breaks: [] },
  'libs/platform/access/clock.ts': { text: 'export const now = Date.now();', breaks: [] },
};

// Another program starts and reads the whole tree.
jest.setTimeout(60_000);

describe('the linter', () => {
  const tree = new PlantedTree();
  afterAll(() => tree.remove());

  it('catches what is planted, by file, also where it has to know the types', () => {
    tree.plantOurs(['.oxlintrc.json']);
    const typeRoots = [join(ROOT, 'node_modules/@types')];
    tree.plant('tsconfig.json', JSON.stringify({ compilerOptions: { strict: true, types: ['node'], typeRoots } }));
    for (const [path, { text }] of Object.entries(PLANTED)) tree.plant(path, text);

    const oxlint = join(ROOT, 'node_modules/oxlint/bin/oxlint');
    const { stdout } = spawnSync(process.execPath, [oxlint, '--format', 'json', 'libs'], {
      cwd: tree.folder,
      encoding: 'utf8',
      env: { ...process.env, OXLINT_TSGOLINT_PATH: join(ROOT, 'node_modules/.bin/tsgolint') },
    });
    const { diagnostics } = JSON.parse(stdout) as { readonly diagnostics: readonly Diagnostic[] };
    const caught = diagnostics.map(({ filename, code }) => `${filename}: ${code}`);
    const planted = Object.entries(PLANTED).flatMap(([path, { breaks }]) => breaks.map((code) => `${path}: ${code}`));
    expect(caught.sort()).toEqual(planted.sort());
  });
});
