import { startProgram } from '../../../libs/testing/program';

const RESULT = 'RESULT ';

/** Runs a TypeScript file as a process of its own, which is told its options by the environment and says its result. */
export async function runProgram<Options, Result>(file: string, options: Options, timeoutMs: number): Promise<Result> {
  const program = startProgram(file, { env: { BENCHMARK_OPTIONS: JSON.stringify(options) } });
  try {
    const [, result = ''] = await program.line(/^RESULT (.*)$/, timeoutMs);
    return JSON.parse(result) as Result;
  } finally {
    await program.kill('SIGTERM');
  }
}

/** What the program was told. */
export function programOptions<Options>(): Options {
  return JSON.parse(process.env['BENCHMARK_OPTIONS'] ?? '{}') as Options;
}

/** Says the result to whoever has started the program. */
export function tellResult(result: unknown): void {
  console.log(`${RESULT}${JSON.stringify(result)}`);
}
