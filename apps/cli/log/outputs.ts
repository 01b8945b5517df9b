/** Where the answer of a command goes, and where what is said about it; a line each. */
export interface Outputs {
  readonly answer: (text: string) => void;
  readonly aside: (text: string) => void;
}

/** What every part of a command is given. */
export interface Work {
  readonly outputs: Outputs;
  /** Ends the work, in order. */
  readonly signal: AbortSignal;
}

/** It is not as it should be, and nothing was done: the message is a sentence. */
export class LogRefused extends Error {
  override readonly name = 'LogRefused';
}

const TELL_MS = 5_000;

/** Says now and then how far a long piece of work has come. */
export class Progress {
  #toldAt = performance.now();

  constructor(
    private readonly outputs: Outputs,
    private readonly what: string,
  ) {}

  tell(count: number): void {
    const now = performance.now();
    if (now - this.#toldAt < TELL_MS) return;
    this.#toldAt = now;
    this.outputs.aside(`${count} ${this.what} …`);
  }
}
