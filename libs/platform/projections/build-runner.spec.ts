import type { DecodedEvent } from '@khamrap/platform/event-store';
import { eventually, within } from '@khamrap/testing';
import type { Pool, PoolClient } from 'pg';
import {
  allRows,
  freshProjectionName as freshName,
  noteCodec,
  notesProjection,
  notesTable,
  noteWritten,
  ProjectionBench,
  type NotesOptions,
  type TableRow,
} from '../../testing/projection';
import { BuildRunner, PoisonEvent } from './build-runner';
import { beginLive, buildsOf, FencedOff, schemaOf, takeOver, type Build } from './builds';
import type { ProjectionDefinition, ProjectionWriter } from './projection';

jest.setTimeout(30_000);

let bench: ProjectionBench;
const endings: AbortController[] = [];

beforeAll(async () => {
  bench = await ProjectionBench.open(noteCodec);
});
afterEach(() => {
  for (const ending of endings.splice(0)) ending.abort();
});
afterAll(() => bench.close());

async function buildOf(definition: ProjectionDefinition): Promise<Build> {
  const [build] = await buildsOf(bench.pool, definition.name);
  if (build) return build;
  const { pool, database, store } = bench;
  await beginLive({ pool, readRole: database.roles.read }, definition, store.identity().logId);
  return buildOf(definition);
}

interface Run {
  readonly runner: BuildRunner;
  readonly done: Promise<void>;
  readonly ending: AbortController;
}

/** Runs the live build as one process does. */
async function run(definition: ProjectionDefinition, store = bench.store, pool = bench.pool): Promise<Run> {
  const build = await buildOf(definition);
  const runner = new BuildRunner({ store, codec: noteCodec, pool, definition, build, onProgress: () => undefined });
  const ending = new AbortController();
  endings.push(ending);
  const done = runner.run(ending.signal);
  done.catch(() => undefined);
  return { runner, done, ending };
}

const reaches = (definition: ProjectionDefinition, position: number): Promise<Build> =>
  eventually(`position ${position}`, async () => {
    const build = await buildOf(definition);
    return build.position >= position ? build : undefined;
  });

async function rowsOf(definition: ProjectionDefinition): Promise<Record<string, readonly TableRow[]>> {
  const schema = schemaOf(await buildOf(definition));
  const [latest, history] = definition.tables.map((table) => allRows(bench.pool, `${schema}.${table}`));
  return { latest: (await latest) ?? [], history: (await history) ?? [] };
}

/** The rows as a run makes them that nothing disturbs. */
async function undisturbed(): Promise<Record<string, readonly TableRow[]>> {
  const definition = notesProjection({ name: freshName() });
  await run(definition);
  await reaches(definition, await bench.head());
  return rowsOf(definition);
}

/** Appends notes: some new, some lines on those. */
function write(eventCount: number): Promise<readonly DecodedEvent[]> {
  const first = noteWritten({ amount: 1 });
  const more = Array.from({ length: eventCount - 1 }, (_, number) =>
    noteWritten(number % 3 === 0 ? { on: first, amount: number } : { amount: number }),
  );
  return bench.record([first, ...more]);
}

/** Does something the first time only. */
function once(work: NonNullable<NotesOptions['afterRows']>): NonNullable<NotesOptions['afterRows']> {
  let isDone = false;
  return async (batch, writer) => {
    if (isDone) return;
    isDone = true;
    await work(batch, writer);
  };
}

const killOwnConnection = async ({ client }: ProjectionWriter): Promise<void> => {
  await client.query('SELECT pg_terminate_backend(pg_backend_pid())');
};

/** Connections that can be held back: a process that stands still just before its commit. */
class HeldPool {
  readonly pool: Pool;
  reached: Promise<void> = Promise.resolve();
  #held: Promise<void> = Promise.resolve();
  #release = (): void => undefined;
  #isReached = (): void => undefined;

  constructor(pool: Pool) {
    const connect = async (): Promise<PoolClient> => {
      this.#isReached();
      await this.#held;
      return pool.connect();
    };
    this.pool = { connect, query: pool.query.bind(pool) } as unknown as Pool;
  }

  hold(): void {
    this.reached = new Promise((resolve) => (this.#isReached = resolve));
    this.#held = new Promise((resolve) => (this.#release = resolve));
  }

  release(): void {
    this.#release();
  }
}

describe('rows and checkpoint', () => {
  test('stand together: what fails between them leaves neither', async () => {
    await write(5);
    const seen: [number, number][] = [];
    const definition = notesProjection({
      name: freshName(),
      afterRows: once(async () => {
        const { latest, history } = await rowsOf(definition);
        seen.push([(await buildOf(definition)).position, (latest?.length ?? 0) + (history?.length ?? 0)]);
        throw new Error('failed as asked');
      }),
      beforeRows: async () => {
        const { latest, history } = await rowsOf(definition);
        seen.push([(await buildOf(definition)).position, (latest?.length ?? 0) + (history?.length ?? 0)]);
      },
    });
    await run(definition);
    const build = await reaches(definition, await bench.head());
    // Before, within, and after the failure others see the same: nothing.
    expect(seen.slice(0, 3)).toEqual([
      [-1, 0],
      [-1, 0],
      [-1, 0],
    ]);
    const { history } = await rowsOf(definition);
    expect(history).toHaveLength(build.appliedCount);
    expect(await rowsOf(definition)).toEqual(await undisturbed());
  });

  test('stand at the same position in every transaction', async () => {
    const definition = notesProjection({ name: freshName() });
    await run(definition);
    const history = `${schemaOf(await buildOf(definition))}.${notesTable(definition.name).history}`;
    const watching = new AbortController();
    const pairs: [number, number][] = [];
    const watch = (async () => {
      while (!watching.signal.aborted) {
        const { rows } = await bench.pool.query<{ position: number; newest: number }>(
          `SELECT position, (SELECT coalesce(max(from_position), -1) FROM ${history}) AS newest
           FROM projections.build WHERE projection = '${definition.name}'`,
        );
        pairs.push([rows[0]!.position, rows[0]!.newest]);
      }
    })();
    for (let round = 0; round < 20; round++) await write(3);
    await reaches(definition, await bench.head());
    watching.abort();
    await watch;
    // Every event of this log but the first is a note, so the newest row is of the checkpoint's position.
    for (const [position, newest] of pairs.filter(([at]) => at > 0)) expect(newest).toBe(position);
    expect(new Set(pairs.map(([at]) => at)).size).toBeGreaterThan(1);
  });

  test('move past events that the projection does not listen to', async () => {
    const definition = notesProjection({ name: freshName() });
    await run(definition);
    const before = await reaches(definition, await bench.head());
    await bench.record([{ ...noteWritten(), event: { type: 'NoteForgotten', data: {} } }]);
    const after = await reaches(definition, await bench.head());
    expect([after.position, after.appliedCount]).toEqual([before.position + 1, before.appliedCount]);
  });
});

describe('a connection that is lost', () => {
  test.each([
    ['before the rows', { beforeRows: once((_batch, writer) => killOwnConnection(writer)) }],
    ['between rows and commit', { afterRows: once((_batch, writer) => killOwnConnection(writer)) }],
  ])('%s ends the run, and the next one goes on to the same rows', async (_when, hooks: NotesOptions) => {
    await write(4);
    const definition = notesProjection({ name: freshName(), ...hooks });
    const { done } = await run(definition);
    await expect(within(5_000, 'the end of the run', done)).rejects.toThrow(/terminat/);
    const [killed] = await buildsOf(bench.pool, definition.name);
    expect(killed).toMatchObject({
      position: -1,
      appliedCount: 0,
      error: expect.stringMatching(/terminat/) as unknown,
    });
    await run(definition);
    expect(await reaches(definition, await bench.head())).toMatchObject({ error: null });
    expect(await rowsOf(definition)).toEqual(await undisturbed());
  });

  test('of the log ends the run too', async () => {
    const definition = notesProjection({ name: freshName() });
    const store = {
      ...bench.store,
      async *subscribe() {
        yield await bench.store.readLog(0, 1);
        throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
      },
    } as unknown as typeof bench.store;
    const { done } = await run(definition, store);
    await expect(within(5_000, 'the end of the run', done)).rejects.toThrow('ECONNRESET');
  });

  test.each(['53300', '55P03', '57P03', '40P01', '25006'])('a failure of class %s is no poison', async (code) => {
    await write(1);
    const trouble = Object.assign(new Error('not now'), { code });
    const definition = notesProjection({
      name: freshName(),
      beforeRows: once(() => {
        throw trouble;
      }),
    });
    const { done } = await run(definition);
    await expect(within(5_000, 'the end of the run', done)).rejects.toBe(trouble);
  });
});

describe('another instance takes the build over', () => {
  test('whoever held it before writes nothing any more', async () => {
    await write(3);
    let writes = 0;
    const stale = notesProjection({
      name: freshName(),
      beforeRows: () => {
        writes += 1;
      },
    });
    const fresh = notesProjection({ name: stale.name });
    const held = new HeldPool(bench.pool);
    const first = await run(stale, bench.store, held.pool);
    await reaches(stale, await bench.head());

    held.hold();
    const [missed] = await write(1);
    await held.reached;
    const second = await run(fresh);
    await reaches(fresh, (missed as DecodedEvent).position);
    expect(second.runner.epoch).toBe(first.runner.epoch + 1);
    const before = await rowsOf(fresh);
    const writesBefore = writes;

    held.release();
    await expect(within(5_000, 'the end of the first', first.done)).rejects.toThrow(FencedOff);
    expect(writes).toBe(writesBefore);
    expect(await rowsOf(fresh)).toEqual(before);
    expect(await rowsOf(fresh)).toEqual(await undisturbed());
    expect(await buildsOf(bench.pool, fresh.name)).toMatchObject([{ error: null }]);
  });

  test('even where that one has not come further', async () => {
    await write(3);
    const definition = notesProjection({ name: freshName() });
    const held = new HeldPool(bench.pool);
    const first = await run(definition, bench.store, held.pool);
    await reaches(definition, await bench.head());
    const before = await rowsOf(definition);
    held.hold();
    await write(1);
    await held.reached;
    await takeOver(bench.pool, (await buildOf(definition)).buildId);
    held.release();
    await expect(within(5_000, 'the end of the first', first.done)).rejects.toThrow(FencedOff);
    expect(await rowsOf(definition)).toEqual(before);
    expect((await buildOf(definition)).position).toBe((await bench.head()) - 1);
  });

  test('and waits for a commit that is under way, after which it goes on', async () => {
    await write(2);
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    let reached = (): void => undefined;
    const holding = new Promise<void>((resolve) => (reached = resolve));
    const stale = notesProjection({
      name: freshName(),
      afterRows: once(async () => {
        reached();
        await released;
      }),
    });
    const first = await run(stale);
    await holding;
    const fresh = notesProjection({ name: stale.name });
    const second = await run(fresh);
    await write(1);
    // The second one waits for the row that the first one has locked; it has taken over when that is committed.
    release();
    await reaches(fresh, await bench.head());
    await write(1);
    await expect(within(5_000, 'the end of the first', first.done)).rejects.toThrow(FencedOff);
    expect(second.runner.epoch).toBe(2);
    await reaches(fresh, await bench.head());
    expect(await rowsOf(fresh)).toEqual(await undisturbed());
  });
});

describe('an event that cannot be folded', () => {
  const refusing = (name: string, poison: DecodedEvent): ProjectionDefinition =>
    notesProjection({
      name,
      beforeRows: (batch) => {
        if (batch.some(({ position }) => position === poison.position)) throw new TypeError('no such text');
      },
    });

  test('stops the projection at it, loudly, with everything before it folded and nothing skipped', async () => {
    const events = await write(7);
    const poison = events[4] as DecodedEvent;
    const name = freshName();
    const { done } = await run(refusing(name, poison));
    const message = `position ${poison.position} (NoteWritten, event ${poison.eventId}): no such text`;
    await expect(within(30_000, 'the end of the run', done)).rejects.toMatchObject({ name: 'PoisonEvent', message });
    const [stopped] = await buildsOf(bench.pool, name);
    expect(stopped).toMatchObject({ position: poison.position - 1, error: message });
    const { history } = await rowsOf(notesProjection({ name }));
    expect(Math.max(...(history ?? []).map(({ from_position }) => from_position as number))).toBe(poison.position - 1);

    // A program that can fold it goes on from there.
    await run(notesProjection({ name }));
    expect(await reaches(notesProjection({ name }), await bench.head())).toMatchObject({ error: null });
    expect(await rowsOf(notesProjection({ name }))).toEqual(await undisturbed());
  });

  test('does not keep a program from stopping', async () => {
    const [poison] = await write(1);
    const { done, ending } = await run(refusing(freshName(), poison as DecodedEvent));
    ending.abort();
    await expect(within(2_000, 'the end of the run', done)).resolves.toBeUndefined();
  });

  test('is an event, or a version of one, that the program does not know', async () => {
    const definition = { ...notesProjection({ name: freshName() }), eventTypes: ['NoteWritten', 'LedgerOpened'] };
    const [opened] = await bench.store.readLog(0, 1);
    const codec = {
      decode: () => {
        throw new Error('the event is not declared');
      },
    };
    const build = await buildOf(definition);
    const { store, pool } = bench;
    const runner = new BuildRunner({
      store,
      codec: codec as never,
      pool,
      definition,
      build,
      onProgress: () => undefined,
    });
    const done = runner.run(new AbortController().signal);
    await expect(done).rejects.toThrow(PoisonEvent);
    await expect(done).rejects.toThrow(`position 0 (LedgerOpened, event ${opened!.eventId})`);
  });
});
