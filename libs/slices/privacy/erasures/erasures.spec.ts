import { createHash, randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { Pool } from 'pg';
import { isoDate, streamName } from '@khamrap/kernel';
import { PostgresSessionStore } from '@khamrap/platform/access';
import { createPool } from '@khamrap/platform/database';
import {
  EventCodec,
  Ledger,
  ledgerEventDeclarations,
  openPostgresEventStore,
  type EventStore,
} from '@khamrap/platform/event-store';
import { PostgresEvidenceStore } from '@khamrap/platform/files';
import { Vault } from '@khamrap/platform/vault';
import { commandContext, eventually } from '@khamrap/testing';
import { MIGRATIONS } from '../../../../apps/composition/infrastructure';
import { createTestDatabase, type TestDatabase } from '../../../testing/database';
import { TcpProxy } from '../../../testing/tcp-proxy';
import { streamOfRequest } from '../commands/request-target';
import { personalDataRequestDecider } from '../domain/personal-data-request.decider';
import { personalDataEventDeclarations } from '../domain/personal-data-request.events';
import { OFFICER } from '../domain/personal-data-request.examples';
import { retentionDecider } from '../domain/retention.decider';
import { applyRetention } from '../domain/retention.examples';
import { commitmentsOf } from './commitments';
import { Erasures } from './erasures';

// An erasure that is decided and not carried out, or only half of it: at each place at which a process may be killed.

const STORES = ['vault', 'sessions', 'files'] as const;
type Store = (typeof STORES)[number];

let place: TestDatabase;
let store: EventStore;
let ledger: Ledger;
let direct: Stores;
const followers: Erasures[] = [];
const pools: Pool[] = [];
const proxies: TcpProxy[] = [];

interface Stores {
  readonly vault: Vault;
  readonly sessions: PostgresSessionStore;
  readonly files: PostgresEvidenceStore;
}

/** What a process has, each over an address of its own. */
function storesAt(urlOf: (which: Store) => string): Stores {
  const pool = (which: Store): Pool => {
    const made = createPool({ url: urlOf(which), size: 2, applicationName: `spec ${which}` });
    pools.push(made);
    return made;
  };
  return {
    vault: new Vault(pool('vault')),
    sessions: new PostgresSessionStore(pool('sessions')),
    files: new PostgresEvidenceStore(pool('files')),
  };
}

function followerWith({ vault, files, sessions }: Stores): Erasures {
  const follower = new Erasures(store, vault, files, sessions);
  followers.push(follower);
  return follower;
}

afterEach(async () => {
  jest.restoreAllMocks();
  for (const follower of followers.splice(0)) await follower.beforeApplicationShutdown();
});

beforeAll(async () => {
  place = await createTestDatabase({ migrations: MIGRATIONS });
  const { append: appendUrl, read: readUrl } = place.database.urls;
  store = await openPostgresEventStore({ appendUrl, readUrl, origin: 'erasures.test/log', clock: 'system' });
  direct = storesAt(() => appendUrl);
  const codec = new EventCodec([...ledgerEventDeclarations, ...personalDataEventDeclarations]);
  ledger = new Ledger(store, codec, direct.vault);
});
afterAll(async () => {
  await store.close();
  await Promise.all(pools.map((pool) => pool.end()));
  await Promise.all(proxies.map((proxy) => proxy.close()));
  await place.drop();
});

/** A person with a private value, a session and a file, all of which they want erased. */
async function somebody() {
  const identity = { issuer: 'urn:test', subject: randomUUID() };
  const pseudonym = await direct.vault.pseudonymOf(identity);
  const digest = createHash('sha256').update(pseudonym).digest();
  await direct.sessions.begin(digest, { ...identity, pseudonym });
  const sha256 = createHash('sha256').update(pseudonym).digest('hex');
  await direct.files.store(sha256, inOnePiece(pseudonym), pseudonym);
  const requestId = randomUUID();
  const stream = streamOfRequest(requestId);
  const scope = { identity: true, values: [], evidence: [sha256] };
  const receivedOn = isoDate('2026-11-02');
  const data = {
    kind: 'erasure',
    subject: pseudonym,
    filedBy: pseudonym,
    receivedOn,
    scope,
    explanation: 'สมมุติ',
  } as const;
  const context = commandContext();
  const decider = personalDataRequestDecider;
  await ledger.execute({
    decider,
    stream,
    context,
    command: { type: 'FilePersonalDataRequest', data, today: receivedOn },
  });
  const [filed] = await store.readStream(stream, 0, 1);
  const commitments = commitmentsOf(filed!).map(({ digest: each }) => each);
  return {
    commitments,
    /** What is left of: values, sessions, files. */
    left: async () => [
      (await direct.vault.keptOf(stream, commitments)).length,
      (await direct.sessions.sessionsOf(pseudonym)).length,
      (await direct.files.has(sha256)) ? 1 : 0,
    ],
    /** Decides it and does nothing more, as a process that ends at this moment. */
    decide: async () => {
      const found = { commitments, evidence: [sha256] };
      const command = { type: 'FulfilPersonalDataRequest', data: {}, by: OFFICER, found } as const;
      const { position } = await ledger.execute({ decider, stream, command, context: commandContext() });
      return position!;
    },
  };
}

async function* inOnePiece(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

test.each<[where: Store, left: readonly number[]]>([
  ['vault', [1, 1, 1]],
  ['sessions', [0, 1, 1]],
  ['files', [0, 0, 1]],
])(
  'a process that gets no further than %s leaves the rest to the next, and the log to be read again',
  async (where, left) => {
    const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    const proxy = await TcpProxy.open(place.database.urls.append);
    proxies.push(proxy);
    const { append } = place.database.urls;
    const first = followerWith(storesAt((which) => (which === where ? proxy.through(append) : append)));
    const [before, person] = [await somebody(), await somebody()];
    const decidedBefore = await before.decide();
    first.onApplicationBootstrap();
    await eventually('it follows', async () =>
      (await direct.vault.erasureProgress()) >= decidedBefore ? true : undefined,
    );
    expect(await before.left()).toEqual([0, 0, 0]);
    const progress = await direct.vault.erasureProgress();

    proxy.refuse();
    const decided = await person.decide();
    await eventually('it has failed', () => (warned.mock.calls.length > 0 ? true : undefined));
    await first.beforeApplicationShutdown();
    expect(await person.left()).toEqual(left);
    expect(await direct.vault.erasureProgress()).toBe(progress);
    expect(progress).toBeLessThan(decided);

    const next = followerWith(direct);
    next.onApplicationBootstrap();
    await eventually('it is carried out', async () =>
      (await direct.vault.erasureProgress()) >= decided ? true : undefined,
    );
    await next.beforeApplicationShutdown();
    expect(await person.left()).toEqual([0, 0, 0]);
  },
);

test('what is past its term is erased by whoever follows the log, and takes no person with it', async () => {
  const person = await somebody();
  const { position } = await ledger.execute({
    decider: retentionDecider,
    stream: streamName('retention', randomUUID()),
    command: applyRetention({ kept: person.commitments }),
    context: commandContext(),
  });
  const follower = followerWith(direct);
  follower.onApplicationBootstrap();
  await eventually('it is carried out', async () =>
    (await direct.vault.erasureProgress()) >= position! ? true : undefined,
  );
  await follower.beforeApplicationShutdown();
  expect(await person.left()).toEqual([0, 1, 1]);
});
