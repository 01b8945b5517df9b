import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { startProgram, type RunningProgram } from '../../../libs/testing/program';

const RESULT = 'RESULT ';
const OPTIONS_FILE = 'BENCHMARK_OPTIONS_FILE';

/** Starts a TypeScript file as a process of its own, which is told its options by a file: they hold addresses and long lists. */
export function startWithOptions(file: string, options: unknown): RunningProgram {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'khamrap-benchmark-options-'));
  const optionsFile = path.join(folder, 'options.json');
  fs.writeFileSync(optionsFile, JSON.stringify(options), { mode: 0o600 });
  return startProgram(file, { env: { [OPTIONS_FILE]: optionsFile } });
}

/** Runs a TypeScript file as a process of its own until it has told its result. */
export async function runProgram<Options, Result>(file: string, options: Options, timeoutMs: number): Promise<Result> {
  const program = startWithOptions(file, options);
  try {
    const [, result = ''] = await program.line(/^RESULT (.*)$/, timeoutMs);
    return JSON.parse(result) as Result;
  } finally {
    await program.kill('SIGTERM');
  }
}

/** What the program was told; read once, because the file goes with it. */
export function programOptions<Options>(): Options {
  const optionsFile = process.env[OPTIONS_FILE] ?? '';
  const options = JSON.parse(fs.readFileSync(optionsFile, 'utf8')) as Options;
  fs.rmSync(path.dirname(optionsFile), { recursive: true });
  return options;
}

/** Says the result to whoever has started the program. */
export function tellResult(result: unknown): void {
  console.log(`${RESULT}${JSON.stringify(result)}`);
}
