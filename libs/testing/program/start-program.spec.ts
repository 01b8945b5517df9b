import path from 'node:path';
import { asAnotherUser } from './as-another-user';
import { startProgram } from './start-program';

const SAMPLE = path.join(__dirname, 'sample.program.ts');

describe('startProgram', () => {
  it('runs TypeScript with doors and decorator metadata, and kills it', async () => {
    const program = startProgram(SAMPLE, { env: { SAMPLE_SECRET: 'from the spec' } });
    await program.line(/^ready$/);
    expect(program.output()).toContain('door -1, metadata Date, secret from the spec');

    expect(await program.kill()).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('tells what a program said that ended before the awaited line', async () => {
    const program = startProgram(SAMPLE, { arguments: ['--fail'] });
    await expect(program.line(/^ready$/)).rejects.toThrow(/ended with code 1[^]*failed as asked/);
    expect(await program.exited).toEqual({ code: 1, signal: null });
  });

  asAnotherUser()('runs as another user', async () => {
    const program = startProgram(SAMPLE, { uid: 65_534 });
    await program.line(/uid 65534/);
    await program.kill();
  });
});
