import * as http from 'node:http';
import { Readable } from 'node:stream';
import { eventually } from '@khamrap/testing';
import { stopGracefully } from './graceful-stop';
import { startProbe, type Probe } from './spec/start-probe';

describe('bytes that are made while they are sent', () => {
  let probe: Probe;
  beforeAll(async () => {
    probe = await startProbe();
  });
  afterAll(() => probe.stop());

  const ask = (method = 'GET') => fetch(`${probe.address}/v1/probes/made`, { method });

  /** Bytes without an end; `made` counts them, and `isEnded` says that nobody makes any more. */
  function endless() {
    const state = { made: 0, isEnded: false };
    probe.state.bytes = () =>
      Readable.from(
        (async function* () {
          try {
            for (;;) {
              state.made += 1;
              yield Buffer.alloc(65_536);
            }
          } finally {
            state.isEnded = true;
          }
        })(),
      );
    return state;
  }

  /** A client that has seen the head of the answer, and takes nothing more. */
  function open(): Promise<http.ClientRequest> {
    return new Promise((resolve, reject) => {
      const request = http.get(`${probe.address}/v1/probes/made`, { agent: false }, (response) => {
        response.pause();
        response.on('error', () => undefined);
        resolve(request);
      });
      request.on('error', reject);
    });
  }

  it('are sent whole, and none for HEAD', async () => {
    probe.state.bytes = () => Readable.from([Buffer.from('one '), Buffer.from('two')]);
    expect(await (await ask()).text()).toBe('one two');
    probe.state.bytes = () => {
      throw new Error('nothing is to be made');
    };
    const answer = await ask('HEAD');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/octet-stream']);
  });

  it('are made no faster than they are taken, and no more when the client leaves, whose place is free again', async () => {
    const state = endless();
    const client = await open();
    const refused = await ask();
    expect([refused.status, ((await refused.json()) as Record<string, unknown>)['violated-policies']]).toEqual([
      429,
      ['streamsOfOne'],
    ]);
    expect(state.made).toBeLessThan(200);
    client.destroy();
    await eventually('the end', () => state.isEnded || undefined);
    probe.state.bytes = () => Readable.from([Buffer.from('free')]);
    expect(await (await ask()).text()).toBe('free');
  });

  it('are cut off where they cannot be made', async () => {
    probe.state.bytes = () =>
      Readable.from(
        (async function* () {
          yield Buffer.alloc(100_000);
          await new Promise(setImmediate);
          throw new Error('no more');
        })(),
      );
    await expect(ask().then((answer) => answer.arrayBuffer())).rejects.toThrow();
  });

  it('are cut off when the service stops', async () => {
    const own = await startProbe();
    own.state.bytes = () =>
      Readable.from(
        (async function* () {
          yield Buffer.alloc(100);
          await new Promise(() => undefined);
        })(),
      );
    const answer = await fetch(`${own.address}/v1/probes/made`);
    const ended = answer.arrayBuffer().then(
      () => 'whole',
      () => 'cut off',
    );
    await stopGracefully(own.app);
    expect(await ended).toBe('cut off');
    await own.stop();
  });
});
