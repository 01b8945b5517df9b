import * as http from 'node:http';
import { eventually } from '@khamrap/testing';
import type { ServerSentEvent } from './index';
import { stopGracefully } from './index';
import { startProbe, type Probe } from './spec/start-probe';

/** A client that can stop reading. */
class Listener {
  text = '';
  hasEnded = false;
  response: http.IncomingMessage;

  static async open(address: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Listener> {
    const listener = new Listener();
    listener.response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      http.request(`${address}/v1/probes/stream`, { method, headers, agent: false }, resolve).on('error', reject).end();
    });
    listener.response.setEncoding('utf8');
    listener.response.on('data', (part: string) => (listener.text += part));
    listener.response.on('close', () => (listener.hasEnded = true)).on('error', () => undefined);
    return listener;
  }

  until(pattern: RegExp): Promise<string> {
    return eventually(`${pattern} in the stream`, () => pattern.exec(this.text)?.[0]);
  }

  ended(): Promise<true> {
    return eventually('the end of the stream', () => this.hasEnded || undefined);
  }
}

const event = (id: number, data: ServerSentEvent['data'] = { n: id }): ServerSentEvent => ({
  id,
  event: 'standing',
  data,
});

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

describe('server-sent events', () => {
  let probe: Probe;
  beforeEach(async () => {
    probe = await startProbe();
  });
  afterEach(() => probe.stop());

  it('sends events with their positions, and beats in between', async () => {
    probe.state.source = async function* (signal) {
      yield event(7, { text: 'สอง\nบรรทัด' });
      await untilAborted(signal);
    };
    const listener = await Listener.open(probe.address);
    expect(listener.response.statusCode).toBe(200);
    expect(listener.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    });
    await listener.until(/^retry: 3000\n\nid: 7\nevent: standing\ndata: \{"text":"สอง\\nบรรทัด"\}\n\n/);
    await listener.until(/(?::\n\n){2}/);
    listener.response.destroy();
  });

  it('goes on where a client left off', async () => {
    probe.state.source = async function* (_signal, after = -1) {
      for (let id = after + 1; id < 5; id++) yield event(id);
    };
    const listener = await Listener.open(probe.address, { 'last-event-id': '2' });
    await listener.ended();
    expect([...listener.text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => id)).toEqual(['3', '4']);
  });

  it.each(['-1', '1.5', 'x', '1e3', '99999999999999999'])('refuses the Last-Event-ID %s', async (id) => {
    const listener = await Listener.open(probe.address, { 'last-event-id': id });
    expect(listener.response.statusCode).toBe(400);
    await listener.until(/isPosition/);
  });

  it('tells the source when nobody listens any more', async () => {
    let isClosed = false;
    probe.state.source = async function* (signal) {
      try {
        yield event(1);
        await untilAborted(signal);
      } finally {
        isClosed = true;
      }
    };
    const listener = await Listener.open(probe.address);
    await listener.until(/id: 1/);
    listener.response.destroy();
    await eventually('the end of the source', () => isClosed || undefined);
  });

  it('waits for a slow client instead of filling the memory', async () => {
    let produced = 0;
    const countMax = 2_000;
    probe.state.source = async function* () {
      for (; produced < countMax; produced++) yield event(produced, 'x'.repeat(100_000));
    };
    const listener = await Listener.open(probe.address);
    listener.response.pause();
    let last = -1;
    await eventually('a source at rest', () => {
      const isAtRest = produced > 0 && produced === last;
      last = produced;
      return isAtRest || undefined;
    });
    expect(produced).toBeLessThan(countMax / 2);
    listener.response.resume();
    await listener.ended();
    expect(listener.text).toContain(`id: ${countMax - 1}\n`);
  });

  it('sends nothing more to somebody whose token or session is over, and ends', async () => {
    let happen = (): void => undefined;
    const happened = new Promise<void>((resolve) => (happen = resolve));
    probe.state.source = async function* (signal) {
      yield event(1);
      await happened;
      yield event(2);
      await untilAborted(signal);
    };
    const token = await probe.tokenOf('recorder');
    const known = await Listener.open(probe.address, { authorization: `Bearer ${token}` });
    const anybody = await Listener.open(probe.address);
    for (const listener of [known, anybody]) await listener.until(/id: 1/);
    probe.state.isKnown = false;
    happen();
    await known.ended();
    expect(known.text).not.toContain('id: 2');
    await anybody.until(/id: 2/);
    anybody.response.destroy();
  });

  it('ends also while nothing happens', async () => {
    probe.state.source = async function* (signal) {
      yield event(1);
      await untilAborted(signal);
    };
    const known = await Listener.open(probe.address, { authorization: `Bearer ${await probe.tokenOf('recorder')}` });
    await known.until(/id: 1/);
    probe.state.isKnown = false;
    await known.ended();
  });

  it('opens ten for one address, and another when one of them has ended', async () => {
    probe.state.source = async function* (signal) {
      yield event(1);
      await untilAborted(signal);
    };
    const warnings: string[] = [];
    const warned = ({ name }: Error): number => warnings.push(name);
    process.on('warning', warned);
    const open = await Promise.all(Array.from({ length: 10 }, () => Listener.open(probe.address)));
    for (const listener of open) await listener.until(/id: 1/);
    const refused = await Listener.open(probe.address);
    expect([refused.response.statusCode, refused.response.headers['retry-after']]).toEqual([429, '30']);
    await refused.until(/quotaExceeded/);
    // Who is known counts for themselves.
    const token = await probe.tokenOf('recorder');
    open.push(await Listener.open(probe.address, { authorization: `Bearer ${token}` }));
    expect(open.at(-1)?.response.statusCode).toBe(200);
    open[0]?.response.destroy();
    const next = await eventually('room for another', async () => {
      const listener = await Listener.open(probe.address);
      return listener.response.statusCode === 200 ? listener : undefined;
    });
    process.off('warning', warned);
    expect(warnings).toEqual([]);
    for (const listener of [...open, next]) listener.response.destroy();
  });

  it('ends when the service stops', async () => {
    probe.state.source = async function* (signal) {
      yield event(1);
      await untilAborted(signal);
    };
    const listener = await Listener.open(probe.address);
    await listener.until(/id: 1/);
    await stopGracefully(probe.app);
    await listener.ended();
  });

  it('breaks off when the source fails, so that the client comes again', async () => {
    let fail = (): void => undefined;
    const failing = new Promise<never>((_resolve, reject) => (fail = () => reject(new Error('canary'))));
    probe.state.source = async function* () {
      yield event(1);
      await failing;
    };
    const listener = await Listener.open(probe.address);
    await listener.until(/id: 1/);
    fail();
    await listener.ended();
    expect(listener.text).not.toContain('canary');
    expect(listener.response.complete).toBe(false);
    expect(probe.logged.join()).toContain('canary');
  });

  it('answers HEAD and is done', async () => {
    const listener = await Listener.open(probe.address, {}, 'HEAD');
    listener.response.resume();
    await listener.ended();
    expect(listener.response.headers['content-type']).toContain('text/event-stream');
  });
});
