import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PlantedTree } from './planted-tree';
import { ROOT } from './source-files';

const PURE = 'test/architecture/tsconfig.pure.json';

/** What does not exist for pure code, by the file that asks for it. */
const PLANTED: Readonly<Record<string, { readonly text: string; readonly missing: string }>> = {
  'libs/kernel/environment.ts': { text: 'export const home = process.env.HOME;', missing: 'process' },
  'libs/kernel/page.ts': { text: 'export const title = document.title;', missing: 'document' },
  'libs/slices/goals/domain/bytes.ts': { text: "export const bytes = Buffer.from('a');", missing: 'Buffer' },
  'libs/slices/goals/domain/ask.ts': { text: "export const answer = fetch('/');", missing: 'fetch' },
  'libs/slices/goals/domain/wait.ts': { text: 'export const wait = setTimeout;', missing: 'setTimeout' },
  'libs/platform/transparency/proof/say.ts': { text: "console.log('included');", missing: 'console' },
};

// Another program starts and reads the whole tree.
jest.setTimeout(60_000);

describe('the type check of pure code', () => {
  const tree = new PlantedTree();
  afterAll(() => tree.remove());

  it('knows neither Node nor a browser nor the clock of either, and leaves specs and the rest alone', () => {
    tree.plantOurs(['tsconfig.json', PURE]);
    for (const [path, { text }] of Object.entries(PLANTED)) tree.plant(path, text);
    tree.plant('libs/kernel/clean.ts', "export const clean = [1, 2].toSorted().join(',');");
    tree.plant('libs/kernel/clean.spec.ts', 'export const home = process.env.HOME;');
    tree.plant('libs/platform/config/environment.ts', 'export const home = process.env.HOME;');

    const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
    const { stdout } = spawnSync(process.execPath, [compiler, '-p', PURE], { cwd: tree.folder, encoding: 'utf8' });
    const found = [...stdout.matchAll(/^(.+?)\(\d+,\d+\): error TS\d+: Cannot find name '(\w+)'/gm)];
    expect(found.map(([, path, name]) => `${path}: ${name}`).sort()).toEqual(
      Object.entries(PLANTED)
        .map(([path, { missing }]) => `${path}: ${missing}`)
        .sort(),
    );
    expect(stdout.match(/error TS/g)).toHaveLength(found.length);
  });
});
