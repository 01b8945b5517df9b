import * as fs from 'node:fs';
import * as path from 'node:path';

const MANIFEST = path.resolve(__dirname, '../../../package.json');

/** What a script of package.json gives to Node before the program: a program is measured as its users run it. */
export function nodeFlagsOf(script: 'start' | 'khamrap'): readonly string[] {
  const { scripts } = JSON.parse(fs.readFileSync(MANIFEST, 'utf8')) as { scripts: Record<typeof script, string> };
  return scripts[script].split(' ').filter((word) => word.startsWith('--'));
}
