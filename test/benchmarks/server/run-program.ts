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
  const program = startProgram(file, { env: { [OPTIONS_FILE]: optionsFile } });
  void program.exited.then(() => fs.rmSync(folder, { recursive: true }));
  return program;
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

/** What the program was told. */
export function programOptions<Options>(): Options {
  return JSON.parse(fs.readFileSync(process.env[OPTIONS_FILE] ?? '', 'utf8')) as Options;
}

/** Says the result to whoever has started the program. */
export function tellResult(result: unknown): void {
  console.log(`${RESULT}${JSON.stringify(result)}`);
}
