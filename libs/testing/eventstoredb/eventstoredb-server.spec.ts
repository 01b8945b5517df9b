import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  jsonEvent as clientJsonEvent,
  streamNameFilter,
  eventTypeFilter,
  type AppendExpectedRevision,
  type EventStoreDBClient,
  type ResolvedEvent,
  type SubscribeToAllOptions,
} from '@eventstore/db-client';
import { Empty, StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb';
import { AppendReq } from '@eventstore/db-client/generated/streams_pb';
import * as grpc from '@grpc/grpc-js';
import { selfSignedCertificate, StoreState, type EventStoreDbServer, type StoredEvent } from './index';
import {
  all,
  connect,
  credentials,
  errorOf,
  event,
  hear,
  QUIET,
  start,
  stopAll,
  until,
  write,
} from './spec/server-and-client';

afterEach(stopAll);

const revisions = (events: readonly { readonly event?: { readonly revision: bigint } }[]): readonly number[] =>
  events.map((each) => Number(each.event?.revision));

const ID = ['a', 'b', 'c', 'd'].map((letter) => `${letter.repeat(8)}-0000-4000-8000-000000000000`) as [
  string,
  string,
  string,
  string,
];

describe('an append', () => {
  it('is answered with the position that $all gives, and stands there byte by byte', async () => {
    const server = await start({ state: new StoreState() });
    const client = connect(server.url);
    const text = 'คำรับรอง\u0000"';
    const answers = [];
    for (let count = 0; count < 8; count++)
      answers.push(
        await client.appendToStream('khamrap.ledger', [event(text)], {
          expectedRevision: count ? BigInt(count - 1) : 'no_stream',
          credentials,
        }),
      );
    const events = (await all(client.readAll())).flatMap(({ event: each }) => (each ? [each] : []));
    const own = events.filter(({ streamId }) => streamId === 'khamrap.ledger');
    expect(own.map(({ position }) => position)).toEqual(answers.map(({ position }) => position));
    expect(own.map(({ revision }) => revision)).toEqual(
      answers.map(({ nextExpectedRevision }) => nextExpectedRevision),
    );
    expect(Buffer.from(own[0]?.data as Uint8Array).toString('utf8')).toBe(text);
    expect(own[0]).toMatchObject({ type: 'Happened', isJson: false, metadata: { v: 1 } });
    // The seventh is a transaction of the old kind; every offset is one that no number of JavaScript holds.
    expect(own.map(({ position }) => position.commit === position.prepare)).toEqual([
      ...Array<boolean>(6).fill(true),
      false,
      true,
    ]);
    expect(own.every(({ position }) => position.prepare > BigInt(Number.MAX_SAFE_INTEGER))).toBe(true);
    const others = new Set(events.map(({ streamId }) => streamId));
    expect([...others]).toEqual(
      expect.arrayContaining(['$epoch-information', '$stats-127.0.0.1:2113', 'khamrapid-orders-1']),
    );
  });

  it.each<[string, AppendExpectedRevision, string, number, string]>([
    ['absent', 'any', 'none', 0, 'written'],
    ['absent', 'no_stream', 'none', 0, 'written'],
    ['absent', 'stream_exists', 'wrong-expected-version', -1, ''],
    ['absent', 0n, 'wrong-expected-version', -1, ''],
    ['present', 'any', 'none', 2, 'written'],
    ['present', 'no_stream', 'wrong-expected-version', 1, ''],
    ['present', 'stream_exists', 'none', 2, 'written'],
    ['present', 0n, 'wrong-expected-version', 1, ''],
    ['present', 1n, 'none', 2, 'written'],
    ['present', 2n, 'wrong-expected-version', 1, ''],
    ['softly deleted', 'no_stream', 'none', 2, 'written'],
    ['softly deleted', 1n, 'none', 2, 'written'],
    ['softly deleted', 'stream_exists', 'stream-deleted', 1, ''],
    ['tombstoned', 'any', 'stream-deleted', 1, ''],
    ['tombstoned', 'no_stream', 'stream-deleted', 1, ''],
  ])('to a stream that is %s, expecting %s, ends with %s', async (kind, expectedRevision, error, last) => {
    const server = await start();
    const { state } = server;
    if (kind !== 'absent') write(state, 'stream', ID[0], ID[1]);
    if (kind === 'softly deleted') state.delete('stream', 'any');
    if (kind === 'tombstoned') state.tombstone('stream', 'any');
    const client = connect(server.url);
    const answered = client.appendToStream('stream', [event()], { expectedRevision, credentials });
    expect(await errorOf(answered)).toBe(error);
    expect(state.lastRevision('stream')).toBe(BigInt(last));
    if (error === 'none')
      await expect(answered).resolves.toMatchObject({ success: true, nextExpectedRevision: BigInt(last) });
    if (error === 'wrong-expected-version')
      await expect(answered).rejects.toMatchObject({
        expectedVersion: expectedRevision,
        actualVersion: last < 0 ? 'no_stream' : BigInt(last),
      });
    if (kind === 'softly deleted' && error === 'none')
      expect(state.readStream('stream')?.map(({ revision }) => revision)).toEqual([2n]);
  });

  it.each<[string, readonly string[], AppendExpectedRevision, number | string]>([
    ['the same ids at the same revision', [ID[0], ID[1]], 'no_stream', 1],
    ['the same id at the revision behind it', [ID[1]], 0n, 1],
    ['the beginning of what was written', [ID[0]], 'no_stream', 0],
    ['ids in another order', [ID[1], ID[0]], 'no_stream', 'wrong-expected-version'],
    ['ids of which a part stands there', [ID[0], ID[3]], 'no_stream', 'wrong-expected-version'],
    ['more than what was written', [ID[0], ID[1], ID[2], ID[3]], 'no_stream', 'wrong-expected-version'],
    ['an id at the end of another stream', [ID[3]], 2n, 3],
    ['an id that was written lately, without a revision', [ID[1]], 'any', 1],
  ])('of %s is judged by ids and revisions', async (_, ids, expectedRevision, outcome) => {
    const server = await start();
    write(server.state, 'stream', ID[0], ID[1]);
    write(server.state, 'stream', ID[2]);
    write(server.state, 'other', ID[3]);
    const positions = server.state.events.map(({ position }) => position);
    const client = connect(server.url);
    const events = ids.map((id) => event('text', id));
    const answered = client.appendToStream('stream', events, { expectedRevision, credentials });
    if (typeof outcome === 'string') {
      expect(await errorOf(answered)).toBe(outcome);
      return;
    }
    const { nextExpectedRevision, position } = await answered;
    expect(nextExpectedRevision).toBe(BigInt(outcome));
    if (outcome < 3) expect(position).toEqual(positions[outcome]);
    expect(server.state.events).toHaveLength(outcome < 3 ? 4 : 5);
  });

  it('is refused when it is too large, and leaves nothing behind', async () => {
    const server = await start();
    const client = connect(server.url);
    const half = 'x'.repeat(512 * 1_024 - 23);
    const append = (stream: string, texts: readonly string[]) =>
      client.appendToStream(
        stream,
        texts.map((text) => event(text)),
        { expectedRevision: 'no_stream', credentials },
      );
    await append('fits', [half, half]);
    await expect(append('large', [half, half, 'x'])).rejects.toMatchObject({
      type: 'maximum-append-size-exceeded',
      maxAppendSize: 1_048_576,
    });
    expect(server.state.lastRevision('large')).toBe(-1n);
  });

  it('that breaks off while its events come is not stored in part', async () => {
    const server = await start();
    const raw = new StreamsClient(`${server.host}:${server.port}`, grpc.credentials.createInsecure());
    const answers: unknown[] = [];
    const append = (stream: string) => {
      const call = raw.append((error) => answers.push(error?.code));
      const options = new AppendReq.Options().setAny(new Empty());
      options.setStreamIdentifier(new StreamIdentifier().setStreamName(Buffer.from(stream)));
      const message = new AppendReq.ProposedMessage().setId(new UUID().setString(randomUUID()));
      message.getMetadataMap().set('type', 'Happened').set('content-type', 'application/json');
      call.write(new AppendReq().setOptions(options));
      call.write(new AppendReq().setProposedMessage(message));
      return call;
    };
    const broken = append('broken');
    append('whole').end();
    await until('the whole one', () => answers.length === 1);
    broken.cancel();
    append('after').end();
    await until('the last one', () => answers.length === 3);
    raw.close();
    expect(server.state.events.map(({ stream }) => stream)).toEqual(['whole', 'after']);
    expect(answers.filter((code) => code !== undefined)).toEqual([grpc.status.CANCELLED]);
  });

  it('goes through BatchAppend where that is offered and no credentials are passed', async () => {
    const server = await start();
    const client = connect(server.url);
    const appended = await client.appendToStream('stream', [event(), event()], { expectedRevision: 'no_stream' });
    expect(appended).toEqual({ success: true, nextExpectedRevision: 1n, position: server.state.events[1]?.position });
    const again = client.appendToStream('stream', [event()], { expectedRevision: 'no_stream' });
    await expect(again).rejects.toMatchObject({ type: 'wrong-expected-version', actualVersion: 1n });
  });
});

describe('a read', () => {
  const read = { stream: 'stream', count: 4 };
  let server: EventStoreDbServer;
  let client: EventStoreDBClient;
  let events: readonly StoredEvent[];

  beforeEach(async () => {
    server = await start({ state: new StoreState({ ...QUIET, transactionEvery: 3 }) });
    for (const id of ID) write(server.state, read.stream, id);
    client = connect(server.url);
    ({ events } = server.state);
  });

  it.each([
    ['forwards', 'start', 9, [0, 1, 2, 3]],
    ['forwards', 1n, 2, [1, 2]],
    ['forwards', 4n, 9, []],
    ['forwards', 'end', 9, []],
    ['backwards', 'end', 9, [3, 2, 1, 0]],
    ['backwards', 2n, 2, [2, 1]],
  ] as const)('of a stream goes %s from %s, at most %d', async (direction, fromRevision, maxCount, expected) => {
    const found = await all(client.readStream(read.stream, { direction, fromRevision, maxCount }));
    expect(revisions(found)).toEqual(expected);
    // Where the commit of an old transaction lies is not known to a read of one stream.
    const unknown = found.filter(({ event: each }) => each?.position?.commit === 18_446_744_073_709_551_615n);
    expect(revisions(unknown)).toEqual(expected.filter((revision) => revision === 2));
  });

  it.each([
    ['forwards', 'start', 9, [0, 1, 2, 3]],
    ['forwards', 1, 9, [1, 2, 3]],
    ['forwards', 2, 1, [2]],
    ['forwards', 'end', 9, []],
    ['backwards', 'end', 9, [3, 2, 1, 0]],
    ['backwards', 2, 9, [1, 0]],
    ['backwards', 'start', 9, []],
  ] as const)('of $all goes %s from %s, at most %d', async (direction, from, maxCount, expected) => {
    const fromPosition = typeof from === 'number' ? (events[from]?.position ?? 'start') : from;
    const found = await all(client.readAll({ direction, fromPosition, maxCount }));
    expect(revisions(found as ResolvedEvent[])).toEqual(expected);
    expect(found.map(({ event: each }) => each?.position)).toEqual(expected.map((index) => events[index]?.position));
  });

  it('knows offsets at which no record begins, and has nothing behind the end', async () => {
    const last = events.at(-1)?.position.commit ?? 0n;
    const at = (commit: bigint) => all(client.readAll({ fromPosition: { commit, prepare: commit } }));
    await expect(at((events[1]?.position.commit ?? 0n) + 1n)).rejects.toMatchObject({ code: 3 });
    await expect(at(last + 1n)).resolves.toEqual([]);
    await expect(at(last + 1_000_000n)).resolves.toEqual([]);
  });

  it('says when events were created by the clock of the store, also by one that was set back', async () => {
    server.state.clock = () => 1_700_000_000_123;
    write(server.state, 'clock', randomUUID());
    server.state.clock = () => 1_600_000_000_000;
    write(server.state, 'clock', randomUUID());
    const found = await all(client.readStream('clock'));
    expect(found.map(({ event: each }) => each?.created.getTime())).toEqual([1_700_000_000_123, 1_600_000_000_000]);
    expect(server.state.events.at(-2)?.createdTicks).not.toBe(17_000_000_001_230_000n);
  });

  it('tells a stream that is not there from one that has nothing to show', async () => {
    expect(await errorOf(all(client.readStream('nowhere')))).toBe('stream-not-found');
    server.state.setMetadata(read.stream, { $tb: 9 });
    expect(await errorOf(all(client.readStream(read.stream)))).toBe('none');
  });
});

describe('what is deleted or truncated', () => {
  it.each([
    ['truncated', { $tb: 2 }, [2, 3], 4, 2],
    ['kept by count', { $maxCount: 1 }, [3], 4, 1],
  ])('%s is not in the stream, and in $all until a scavenge', async (_, metadata, inStream, inAll, left) => {
    const server = await start();
    for (const id of ID) write(server.state, 'stream', id);
    const client = connect(server.url);
    await client.setStreamMetadata('stream', metadata as never, { credentials });
    const ofAll = async () =>
      (await all(client.readAll())).filter(({ event: each }) => each?.streamId === 'stream').length;
    expect(revisions(await all(client.readStream('stream')))).toEqual(inStream);
    expect(await ofAll()).toBe(inAll);
    server.state.scavenge();
    expect(await ofAll()).toBe(left);
  });

  it('goes on at the next revision when it was deleted softly', async () => {
    const server = await start();
    for (const id of ID) write(server.state, 'stream', id);
    const client = connect(server.url);
    await expect(client.deleteStream('stream', { expectedRevision: 1n, credentials })).rejects.toMatchObject({
      type: 'wrong-expected-version',
      actualVersion: 3n,
    });
    await client.deleteStream('stream', { expectedRevision: 3n, credentials });
    expect(await errorOf(all(client.readStream('stream')))).toBe('stream-not-found');
    expect(revisions((await all(client.readAll())) as ResolvedEvent[])).toEqual([0, 1, 2, 3, 0]);
    const repeated = client.appendToStream('stream', [event('text', ID[0])], {
      expectedRevision: 'no_stream',
      credentials,
    });
    await expect(repeated).resolves.toMatchObject({ nextExpectedRevision: 0n });
    await client.appendToStream('stream', [event()], { expectedRevision: 'no_stream', credentials });
    expect(revisions(await all(client.readStream('stream')))).toEqual([4]);
    await client.deleteStream('stream', { credentials });
    // Other metadata do not bring back what was deleted.
    await client.setStreamMetadata('stream', { maxCount: 9 }, { credentials });
    expect(await all(client.readStream('stream'))).toEqual([]);
    expect((await client.getStreamMetadata('stream')).metadata).toEqual({ maxCount: 9, truncateBefore: 5 });
  });

  it('is gone for ever behind a tombstone', async () => {
    const server = await start();
    for (const id of ID) write(server.state, 'stream', id);
    const client = connect(server.url);
    await client.tombstoneStream('stream', { credentials });
    for (const refused of [
      all(client.readStream('stream')),
      client.appendToStream('stream', [event()], { expectedRevision: 'any', credentials }),
      client.tombstoneStream('stream', { credentials }),
    ])
      expect(await errorOf(refused)).toBe('stream-deleted');
    const last = (await all(client.readAll({ direction: 'backwards', fromPosition: 'end', maxCount: 1 })))[0];
    expect(last?.event).toMatchObject({ type: '$streamDeleted', revision: 9_223_372_036_854_775_807n });
    server.state.scavenge();
    expect(server.state.events).toHaveLength(1);
  });

  it('is not in a backup from before, whose offsets begin again there', async () => {
    const state = new StoreState(QUIET);
    for (const id of ID) write(state, 'stream', id);
    const [, second, third] = state.events;
    const restored = state.restoredTo(second?.position ?? { commit: 0n, prepare: 0n });
    const copied = state.copy();
    write(restored, 'stream', randomUUID());
    expect(restored.events.at(-1)).toMatchObject({ revision: 2n, position: third?.position });
    expect([restored, copied, state].map(({ events }) => events.length)).toEqual([3, 4, 4]);
  });
});

describe('a subscription', () => {
  async function subscribed(server: EventStoreDbServer, options: SubscribeToAllOptions): Promise<string[]> {
    const heard = hear(connect(server.url), options);
    await until('the end of the past', () => heard.some((each) => ['caughtUp', 'unknown'].includes(each)));
    return heard;
  }

  it.each([
    ['everything', {}, ['a.x 0', 'b.x 0', 'a.x 1'], ['a.x 2']],
    ['streams by prefix', { filter: streamNameFilter({ prefixes: ['b.'] }) }, ['b.x 0'], []],
    ['streams by pattern', { filter: streamNameFilter({ regex: '^a\\.' }) }, ['a.x 0', 'a.x 1'], ['a.x 2']],
    ['types by prefix', { filter: eventTypeFilter({ prefixes: ['Happ'] }) }, ['a.x 0', 'b.x 0', 'a.x 1'], ['a.x 2']],
  ])('to %s is confirmed, catches up, says so and goes on', async (_, options, before, behind) => {
    const server = await start();
    write(server.state, 'a.x', ID[0]);
    write(server.state, 'b.x', ID[1]);
    write(server.state, 'a.x', ID[2]);
    const heard = await subscribed(server, options);
    expect(heard).toEqual(['confirmation', ...before, 'caughtUp']);
    write(server.state, 'a.x', ID[3]);
    write(server.state, 'b.end', randomUUID());
    write(server.state, 'a.end', randomUUID());
    await until('the last event', () => heard.some((each) => each.includes('end')));
    expect(heard.slice(before.length + 2, before.length + 2 + behind.length)).toEqual(behind);
  });

  it('begins behind its position, refuses one at which nothing begins, and waits for one that is not there yet', async () => {
    const server = await start();
    write(server.state, 'a', ID[0]);
    write(server.state, 'a', ID[1]);
    const [first, second] = server.state.events.map(({ position }) => position.commit) as [bigint, bigint];
    const from = (commit: bigint) => ({ fromPosition: { commit, prepare: commit } });
    expect(await subscribed(server, from(first))).toEqual(['confirmation', 'a 1', 'caughtUp']);
    expect(await subscribed(server, from(first + 1n))).toEqual(['confirmation', 'unknown']);
    const early = await subscribed(server, from(second + 150n));
    write(server.state, 'a', ID[2]);
    write(server.state, 'a', ID[3]);
    await until('the event behind the position', () => early.includes('a 3'));
    // What came at an offset before the one that was asked for is passed over without a word.
    expect(early).toEqual(['confirmation', 'caughtUp', 'a 3']);
  });

  it('is told how far the server has looked, though nothing passed the filter', async () => {
    const server = await start();
    for (let count = 0; count < 100; count++) write(server.state, 'other', randomUUID());
    const checkpoints: bigint[] = [];
    const filter = streamNameFilter({
      prefixes: ['khamrap.'],
      checkpointInterval: 1,
      checkpointReached: (_, { commit }) => void checkpoints.push(commit),
    });
    await subscribed(server, { filter });
    // The end of each page but the last one: what a checkpoint names lies well before what the server has seen.
    expect(checkpoints).toEqual([31, 63, 95].map((index) => server.state.events[index]?.end.commit));
  });
});

describe('a server that knows its users', () => {
  const users = {
    admin: { password: 'changeit', groups: ['$admins'] },
    ledger: { password: 'secret' },
    reader: { password: 'secret', groups: ['readers'] },
  };
  const as = (username: string, password = users[username as keyof typeof users]?.password ?? '') => ({
    credentials: { username, password },
  });

  it('lets each do what the rights of the stream, of $settings and its defaults say', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'eventstoredb-'));
    const tls = selfSignedCertificate();
    writeFileSync(join(folder, 'ca.pem'), tls.certificate);
    const server = await start({ users, tls });
    const { state } = server;
    write(state, 'khamrap.ledger', ID[0]);
    const client = connect(`${server.url}&tlsCAFile=${join(folder, 'ca.pem')}`);
    const outcomes = async (name: string) => [
      await errorOf(all(client.readAll(as(name)))),
      await errorOf(all(client.readStream('khamrap.ledger', as(name)))),
      await errorOf(client.appendToStream('khamrap.ledger', [event()], { expectedRevision: 'any', ...as(name) })),
      await errorOf(client.setStreamMetadata('khamrap.ledger', { truncateBefore: 0 }, as(name))),
      await errorOf(client.deleteStream('khamrap.other', { expectedRevision: 'any', ...as(name) })),
    ];
    const no = 'access-denied';
    const absent = 'wrong-expected-version';
    expect(await outcomes('admin')).toEqual(['none', 'none', 'none', 'none', absent]);
    expect(await outcomes('ledger')).toEqual([no, 'none', 'none', 'none', absent]);
    state.setSettings({
      $userStreamAcl: { $r: ['ledger', 'readers'], $w: 'ledger', $d: '$admins', $mr: 'ledger', $mw: '$admins' },
    });
    state.setMetadata('$all', { $acl: { $r: ['ledger', 'readers'] } });
    expect(await outcomes('ledger')).toEqual(['none', 'none', 'none', no, no]);
    expect(await outcomes('reader')).toEqual(['none', 'none', no, no, no]);
    state.setMetadata('khamrap.ledger', { $acl: { $w: 'readers' } });
    expect(await outcomes('ledger')).toEqual(['none', 'none', no, no, no]);
    expect(await errorOf(all(client.readStream('khamrap.ledger', as('ledger', 'wrong'))))).toBe(no);
    expect(await errorOf(all(client.readStream('khamrap.ledger')))).not.toBe('none');
    await rm(folder, { recursive: true });
  });

  it('stores JSON as JSON', async () => {
    const server = await start();
    const client = connect(server.url);
    await client.appendToStream('json', [clientJsonEvent({ type: 'Said', data: { a: [1] } })], { credentials });
    const [found] = await all(client.readStream('json'));
    expect(found?.event).toMatchObject({ isJson: true, data: { a: [1] }, metadata: undefined });
  });
});
