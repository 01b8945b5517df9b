import * as http from 'node:http';
import * as path from 'node:path';
import { eventually } from '@khamrap/testing';
import { startProgram, type RunningProgram } from '../../testing/program';
import { stopGracefully } from './index';
import { startProbe } from './spec/start-probe';

const PROGRAM = path.join(__dirname, 'spec/probe.program.ts');

async function started(env: Record<string, string>): Promise<{ program: RunningProgram; address: string }> {
  const program = startProgram(PROGRAM, { env });
  const [, address = ''] = await program.line(/^listening on (\S+)$/);
  return { program, address };
}

describe('stopping', () => {
  it('answers what was accepted before modules are destroyed, and refuses what comes after', async () => {
    const probe = await startProbe();
    let open = (): void => undefined;
    probe.state.gate = new Promise((resolve) => (open = resolve));
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const slow = fetch(`${probe.address}/v1/probes/slow`);
    const idle = await new Promise<http.IncomingMessage>((resolve) =>
      http.get(`${probe.address}/v1/probes/open`, { agent }, resolve),
    );
    idle.resume();
    await eventually('the slow request', () => probe.state.slowRequests === 1 || undefined);

    const stopped = stopGracefully(probe.app);
    await eventually('a refused connection', async () => {
      const reason = await fetch(`${probe.address}/v1/probes/open`).then(
        () => undefined,
        (error: Error) => error.cause as Error,
      );
      return reason !== undefined && /ECONNREFUSED/.test(String(reason)) ? true : undefined;
    });
    expect(probe.state.destroyedAfterSlow).toBeUndefined();
    open();
    const answer = await slow;
    expect([answer.status, await answer.json()]).toEqual([200, { moduleWasDestroyed: false }]);
    await stopped;
    expect(probe.state.destroyedAfterSlow).toBe(true);
    agent.destroy();
  });

  it('ends the process with 0 on SIGTERM when all is answered', async () => {
    const { program, address } = await started({ SLOW_MS: '300' });
    const slow = fetch(`${address}/v1/probes/slow`);
    await program.line(/^slow request taken$/);
    const exit = program.kill('SIGTERM');
    expect((await slow).status).toBe(200);
    expect(await exit).toEqual({ code: 0, signal: null });
  });

  it('gives up after its time, with 1', async () => {
    const { program, address } = await started({ SLOW_MS: '60000', STOP_MS_MAX: '200' });
    const slow = fetch(`${address}/v1/probes/slow`).catch(() => undefined);
    await program.line(/^slow request taken$/);
    expect(await program.kill('SIGTERM')).toEqual({ code: 1, signal: null });
    await slow;
  });

  it('ends at once on the second signal', async () => {
    const { program, address } = await started({ SLOW_MS: '60000' });
    const slow = fetch(`${address}/v1/probes/slow`).catch(() => undefined);
    await program.line(/^slow request taken$/);
    const exit = program.kill('SIGINT');
    await eventually('the first signal', () =>
      fetch(`${address}/v1/probes/open`).then(
        () => undefined,
        () => true as const,
      ),
    );
    void program.kill('SIGINT');
    expect(await exit).toEqual({ code: 130, signal: null });
    await slow;
  });
});
