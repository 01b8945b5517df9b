import { randomUUID } from 'node:crypto';
import { EventStoreDbCluster, StoreState, type EventStoreDbServer } from './index';
import {
  all,
  connect,
  credentials,
  errorOf,
  event,
  QUIET,
  start,
  stopAll,
  stopping,
  until,
  write,
} from './spec/server-and-client';

afterEach(stopAll);

const NO_STREAM = { expectedRevision: 'no_stream' as const, credentials };

async function startCluster(): Promise<
  EventStoreDbCluster & { readonly nodes: [EventStoreDbServer, EventStoreDbServer, EventStoreDbServer] }
> {
  return stopping(await EventStoreDbCluster.start(3, { state: new StoreState(QUIET) })) as never;
}

/** Appends to a new stream until it is stored. @returns how often it failed before, and how */
async function failuresUntilStored(append: () => Promise<unknown>): Promise<string[]> {
  const failures: string[] = [];
  for (;;) {
    const error = await errorOf(append());
    if (error === 'none') return failures;
    failures.push(error);
  }
}

describe('a cluster', () => {
  it('names its leader where the client asks for no other, and the next call goes there', async () => {
    const { nodes, leader, state } = await startCluster();
    const client = connect(nodes[1].url);
    const append = () => client.appendToStream(randomUUID(), [event()], { ...NO_STREAM, requiresLeader: true });
    await expect(append()).rejects.toMatchObject({
      type: 'not-leader',
      leader: { address: '127.0.0.1', port: leader?.port },
    });
    expect(state.appendCount).toBe(0);
    const first = nodes[0].connectionCount;
    await append();
    expect([first, nodes[0].connectionCount, state.appendCount]).toEqual([0, 1, 1]);
  });

  it('forwards what a follower is asked, but what only a leader can do while there is one', async () => {
    const cluster = await startCluster();
    const client = connect(cluster.nodes[1].url);
    const append = () => client.appendToStream(randomUUID(), [event()], NO_STREAM);
    await append();
    cluster.changeLeader(undefined);
    expect(await errorOf(append())).toBe('unavailable');
    cluster.changeLeader(cluster.nodes[2]);
    await append();
    const types = (await all(client.readAll())).map(({ event: each }) => each?.type);
    expect(types).toEqual(['Happened', '$epoch-information', 'Happened']);
  });

  it('goes on after its leader was killed, with one failure for a client that knows all nodes', async () => {
    const cluster = await startCluster();
    const client = connect(`${cluster.url}&discoveryInterval=20`);
    const append = () => client.appendToStream(randomUUID(), [event()], NO_STREAM);
    await append();
    const gone = await cluster.killLeader();
    expect(await failuresUntilStored(append)).toEqual(['unavailable']);
    expect(cluster.leader).not.toBe(gone);
    expect(cluster.leader?.connectionCount).toBeGreaterThan(0);
    expect(cluster.state.appendCount).toBe(2);
    const members = cluster.membership.members();
    expect(members.map(({ state, isAlive }) => [state, isAlive])).toEqual([
      ['follower', false],
      ['leader', true],
      ['follower', true],
    ]);
  });

  it('is found by way of one node, and past a node that refuses or says nothing', async () => {
    const cluster = await startCluster();
    const discovering = connect(cluster.discoverUrlOf(cluster.nodes[2]));
    await discovering.appendToStream(randomUUID(), [event()], NO_STREAM);
    await cluster.nodes[2].kill();
    const silence = cluster.nodes[1].faults.silence('*', { times: Infinity });
    // In which order a client asks the nodes is chance: sooner or later one begins with the node that is silent.
    while (silence.hits === 0) {
      const client = connect(`${cluster.url}&gossipTimeout=1`);
      await client.appendToStream(randomUUID(), [event()], NO_STREAM);
    }
    expect(cluster.nodes[0].connectionCount).toBeGreaterThan(0);
  });

  it('has followers that may be behind', async () => {
    const cluster = await startCluster();
    for (let count = 0; count < 3; count++) write(cluster.state, `s${count}`, randomUUID());
    const [, follower] = cluster.nodes;
    follower.behind = 2;
    const client = connect(follower.url);
    const read = async () => (await all(client.readAll())).map(({ event: each }) => each?.streamId);
    expect(await read()).toEqual(['s0']);
    expect(await errorOf(all(client.readStream('s1')))).toBe('stream-not-found');
    const position = cluster.state.events[1]?.position ?? 'start';
    expect(await all(client.readAll({ fromPosition: position }))).toEqual([]);
    follower.behind = 0;
    expect(await read()).toEqual(['s0', 's1', 's2']);
  });
});

describe('a node', () => {
  it('can be killed, and started again at its port with the store of a backup', async () => {
    const server = await start();
    const client = connect(server.url);
    for (const stream of ['a', 'b']) await client.appendToStream(stream, [event()], NO_STREAM);
    await server.kill();
    expect(await errorOf(all(client.readAll()))).toBe('unavailable');
    const state = server.state.restoredTo(server.state.events[0]?.position ?? { commit: 0n, prepare: 0n });
    const again = await start({ state, port: server.port });
    const found: unknown[] = [];
    await until('the node', () => {
      void all(client.readAll()).then(
        (events) => found.push(...events),
        () => undefined,
      );
      return found.length > 0;
    });
    expect((found[0] as { event: { streamId: string } }).event.streamId).toBe('a');
    expect(again.isAlive && !server.isAlive).toBe(true);
  });

  it('that says nothing at all keeps its connections', async () => {
    const server = await start();
    const client = connect(server.url);
    await client.appendToStream('a', [event()], NO_STREAM);
    const silence = server.faults.silence('*', { times: Infinity });
    expect(await errorOf(client.appendToStream('b', [event()], { ...NO_STREAM, deadline: 100 }))).toBe(
      'deadline-exceeded',
    );
    expect(server.connectionCount).toBe(1);
    await until('the server to know', () => silence.waiting === 0);
    server.faults.clear();
    await client.appendToStream('c', [event()], NO_STREAM);
    expect(server.state.events.map(({ stream }) => stream)).toEqual(['a', 'c']);
  });

  it('that only reads names the leader', async () => {
    const cluster = await startCluster();
    const replica = await start({ state: cluster.state, cluster: cluster.membership, isReadOnly: true });
    const client = connect(replica.url);
    expect(await errorOf(client.appendToStream('a', [event()], NO_STREAM))).toBe('not-leader');
    expect(cluster.membership.members().at(-1)).toMatchObject({ state: 'readOnlyReplica' });
  });
});
