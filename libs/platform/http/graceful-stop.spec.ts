import { EventEmitter, getEventListeners, once } from 'node:events';
import type { ServerResponse } from 'node:http';
import * as http from 'node:http';
import * as net from 'node:net';
import * as path from 'node:path';
import { eventually } from '@khamrap/testing';
import { startProgram, type RunningProgram } from '../../testing/program';
import { stopGracefully } from './index';
import { startProbe } from './spec/start-probe';
import { Stopping } from './stopping';

const PROGRAM = path.join(__dirname, 'spec/probe.program.ts');

async function started(...timesMs: string[]): Promise<{ program: RunningProgram; address: string }> {
  const program = startProgram(PROGRAM, { arguments: timesMs });
  const [, address = ''] = await program.line(/^listening on (\S+)$/);
  return { program, address };
}

describe('what is awaited while something is answered', () => {
  it.each<[string, (stopping: Stopping, answer: EventEmitter) => void]>([
    ['the service stops', (stopping) => stopping.begin()],
    ['the client has left, or has its answer', (_stopping, answer) => answer.emit('close')],
  ])('ends when %s, and leaves nothing behind', (_when, happens) => {
    const stopping = new Stopping();
    const answers = Array.from({ length: 20 }, () => new EventEmitter());
    const signals = answers.map((answer) => stopping.whileAnswering(answer as ServerResponse));
    expect(signals.filter(({ aborted }) => aborted)).toEqual([]);
    for (const answer of answers) happens(stopping, answer);
    expect(signals.every(({ aborted }) => aborted)).toBe(true);
    for (const answer of answers) answer.emit('close');
    expect(getEventListeners(stopping.signal, 'abort')).toEqual([]);
  });

  it('has ended where the service is stopping already', () => {
    const stopping = new Stopping();
    stopping.begin();
    expect(stopping.whileAnswering(new EventEmitter() as ServerResponse).aborted).toBe(true);
  });
});

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

  it('refuses with a problem what still comes over a connection that was accepted', async () => {
    const probe = await startProbe();
    let open = (): void => undefined;
    probe.state.gate = new Promise((resolve) => (open = resolve));
    const { hostname, port } = new URL(probe.address);
    const socket = net.connect(Number(port), hostname);
    let answers = '';
    socket.setEncoding('utf8').on('data', (part: string) => (answers += part));
    socket.write('GET /v1/probes/slow HTTP/1.1\r\nHost: x\r\n\r\n');
    await eventually('the slow request', () => probe.state.slowRequests === 1 || undefined);
    const closed = once(socket, 'close');
    const stopped = stopGracefully(probe.app);
    socket.write('GET /v1/probes/open HTTP/1.1\r\nHost: x\r\n\r\n', open);
    await Promise.all([stopped, closed]);
    expect(answers).toMatch(/^HTTP\/1\.1 200 [^]*HTTP\/1\.1 503 [^]*\/problems\/stopping/);
  });

  it('ends the process with 0 on SIGTERM when all is answered', async () => {
    const { program, address } = await started('300');
    const slow = fetch(`${address}/v1/probes/slow`);
    await program.line(/^slow request taken$/);
    const exit = program.kill('SIGTERM');
    expect((await slow).status).toBe(200);
    expect(await exit).toEqual({ code: 0, signal: null });
  });

  it('gives up after its time, with 1', async () => {
    const { program, address } = await started('60000', '200');
    const slow = fetch(`${address}/v1/probes/slow`).catch(() => undefined);
    await program.line(/^slow request taken$/);
    expect(await program.kill('SIGTERM')).toEqual({ code: 1, signal: null });
    await slow;
  });

  it('ends at once on the second signal', async () => {
    const { program, address } = await started('60000');
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
