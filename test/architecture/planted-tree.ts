import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from './source-files';

/** A folder of its own, in which a spec plants files that break a rule; call `remove` afterwards. */
export class PlantedTree {
  readonly folder = mkdtempSync(join(tmpdir(), 'planted-'));

  /** Writes a file; `path` is relative to the folder, with forward slashes. */
  plant(path: string, text: string): void {
    const target = join(this.folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, `${text}\n`);
  }

  /** Plants files of ours as they are: what is tested is the configuration that the house lives by. */
  plantOurs(paths: readonly string[]): void {
    for (const path of paths) this.plant(path, readFileSync(join(ROOT, path), 'utf8'));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
