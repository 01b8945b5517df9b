import * as path from 'node:path';
import { within } from '@khamrap/testing';
import { startProgram, type RunningProgram } from '../../../libs/testing/program';
import type { LoadProgramOptions } from './load.program';
import type { Victim } from './run-crash-loop';

/** Longer than the clients themselves try to find out what became of their operations. */
const FINISH_MS_MAX = 150_000;

/** The process that holds the clients and their event stores; it may be killed, and lives on under the same names. */
export class Load implements Victim {
  /** Rejects when the process ends by itself. */
  readonly failed: Promise<never>;
  #fail: (error: Error) => void = () => undefined;
  #program: RunningProgram | undefined;
  #isFinishing = false;
  #life = 0;

  constructor(private readonly options: Omit<LoadProgramOptions, 'life'>) {
    this.failed = new Promise((_resolve, reject) => (this.#fail = reject));
    // Whoever waits for the clients hears of it; when nobody does, it is no error of this process.
    this.failed.catch(() => undefined);
  }

  async recover(): Promise<void> {
    const options: LoadProgramOptions = { ...this.options, life: ++this.#life };
    const program = startProgram(path.join(__dirname, 'load.program.ts'), {
      env: { CRASH_LOOP_LOAD: JSON.stringify(options) },
    });
    this.#program = program;
    void program.exited.then(({ code, signal }) => {
      if (this.#program === program && !this.#isFinishing)
        this.#fail(new Error(`the load ended with code ${code}, signal ${signal}:\n${program.output()}`));
    });
    await program.line(/^load is running$/);
  }

  async crash(): Promise<void> {
    const program = this.#program;
    this.#program = undefined;
    await program?.kill();
  }

  /** Lets every client find out what became of everything it has asked for, and then end. */
  async finish(): Promise<void> {
    const program = this.#program;
    if (!program) return;
    this.#isFinishing = true;
    const { code } = await within(FINISH_MS_MAX, 'the end of the load', program.kill('SIGTERM'));
    if (code !== 0) throw new Error(`the load could not finish:\n${program.output()}`);
  }
}
