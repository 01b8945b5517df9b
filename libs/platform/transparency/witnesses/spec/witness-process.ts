import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startProgram, type RunningProgram } from '../../../../testing/program';

const CLI = path.join(__dirname, '../../../../../apps/cli/main.ts');

/** `khamrap witness serve`, as another office runs it. */
export class WitnessProcess {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'khamrap-witness-'));
  vkey = '';
  /** The same after every start. */
  url = '';
  #program: RunningProgram | undefined;

  constructor(
    readonly name: string,
    private readonly logs: readonly string[],
  ) {}

  async start(): Promise<void> {
    const port = this.url === '' ? '0' : new URL(this.url).port;
    const logs = this.logs.flatMap((vkey) => ['--log', vkey]);
    const parameters = ['witness', 'serve', '--folder', this.folder, '--name', `${this.name}.test/witness`, ...logs];
    this.#program = startProgram(CLI, { arguments: [...parameters, '--port', port] });
    this.url = (await this.#program.line(/^listening on (\S+)$/))[1] ?? '';
    this.vkey = (await this.#program.line(/^\S+\.test\/witness\+[0-9a-f]{8}\+\S+$/))[0];
  }

  /** What it has said so far. */
  output(): string {
    return this.#program?.output() ?? '';
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null | undefined> {
    return (await this.#program?.kill(signal))?.code;
  }

  async remove(): Promise<void> {
    await this.stop('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  get policyLine(): string {
    return `witness ${this.name} ${this.vkey} ${this.url}`;
  }
}
