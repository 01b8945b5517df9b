import type { Position } from '@khamrap/kernel';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import { eventually } from '@khamrap/testing';
import {
  allRows,
  freshProjectionName as freshName,
  noteCodec,
  notesProjection,
  notesTable,
  noteWritten,
  PROJECTING,
  ProjectionBench,
  type ProjectionInstance,
} from '../../testing/projection';
import { withMaintenance } from '../../testing/database/maintenance';
import { buildsOf, orderRebuild, schemaOf, type Build } from './builds';
import type { ProjectionDefinition } from './projection';

// Elections, lock timeouts and a machine that does other things besides.
jest.setTimeout(30_000);

let bench: ProjectionBench;
const instances: ProjectionInstance[] = [];

beforeAll(async () => {
  bench = await ProjectionBench.open(noteCodec);
});
afterEach(() => Promise.all(instances.splice(0).map((instance) => instance.close())));
afterAll(() => bench.close());

async function start(...definitions: readonly ProjectionDefinition[]): Promise<ProjectionInstance> {
  const instance = await bench.instance(definitions);
  instances.push(instance);
  return instance;
}

const write = (eventCount = 1): Promise<readonly DecodedEvent[]> =>
  bench.record(Array.from({ length: eventCount }, (_, amount) => noteWritten({ amount })));

const liveOf = async (name: string): Promise<Build | undefined> =>
  (await buildsOf(bench.pool, name)).find(({ state }) => state === 'live');

const isLiveAt = (name: string, position: number, version = 1): Promise<Build> =>
  eventually(`${name} at position ${position}`, async () => {
    const live = await liveOf(name);
    return live && live.version === version && live.position >= position ? live : undefined;
  });

/** What readers see, latest state and history. */
async function seen(name: string) {
  const table = notesTable(name);
  const [latest, history] = await Promise.all([
    allRows(bench.pool, `read_model.${table.name}`),
    allRows(bench.pool, `read_model.${table.history}`),
  ]);
  return { latest, history };
}

/** What readers would see if it was made at once, by one instance. */
async function expected(version = 1) {
  const name = freshName();
  const instance = await start(notesProjection({ name, version }));
  await isLiveAt(name, await bench.head(), version);
  await instance.close();
  return seen(name);
}

async function endSessionsOf(applicationName: string): Promise<number> {
  return withMaintenance(async (client) => {
    const { rowCount } = await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = $1 AND datname = $2`,
      [applicationName, new URL(bench.database.urls.project).pathname.slice(1)],
    );
    return rowCount ?? 0;
  });
}

test('a projection catches up, then follows; it tells how far it is', async () => {
  await write(50);
  const name = freshName();
  const { projections } = await start(notesProjection({ name }));
  await isLiveAt(name, await bench.head());
  for (let round = 0; round < 5; round++) {
    const [event] = await write();
    expect(await projections.waitFor(name, event!.position, 5_000)).toBe(true);
  }
  const health = (await projections.health()).find(({ projection }) => projection === name);
  const head = await bench.head();
  expect(health).toEqual({
    projection: name,
    version: 1,
    state: 'live',
    position: head,
    lagEventCount: 0,
    appliedCount: head,
    error: null,
  });
  expect((await seen(name)).history).toHaveLength(head);
});

describe('of several instances', () => {
  test('one leads; when it stops, another goes on to the same rows', async () => {
    await write(3);
    const name = freshName();
    const folded: Position[] = [];
    const definition = notesProjection({
      name,
      beforeRows: (batch) => void folded.push(...batch.map(({ position }) => position)),
    });
    const [first, second] = [await start(definition), await start(definition)];
    await isLiveAt(name, await bench.head());
    await write();
    await isLiveAt(name, await bench.head());
    expect(folded).toEqual([...new Set(folded)]);
    for (const { projections } of [first, second])
      expect(await projections.waitFor(name, await bench.head(), 5_000)).toBe(true);

    await first.close();
    await write();
    await isLiveAt(name, await bench.head());
    expect(await seen(name)).toEqual(await expected());
  });

  test('another takes over when the leader loses the connection that holds its leadership', async () => {
    const name = freshName();
    const before = new Set<number>();
    await Promise.all([start(notesProjection({ name })), start(notesProjection({ name }))]);
    await write();
    await isLiveAt(name, await bench.head());
    const epochOf = async (): Promise<number> => {
      const { rows } = await bench.pool.query<{ epoch: number }>(
        'SELECT epoch FROM projections.build WHERE projection = $1',
        [name],
      );
      return rows[0]!.epoch;
    };
    before.add(await epochOf());
    for (let round = 0; round < 3; round++) {
      expect(await endSessionsOf(`khamrap leads ${name}`)).toBeGreaterThan(0);
      const epoch = await eventually('another epoch', async () => {
        const now = await epochOf();
        return before.has(now) ? undefined : now;
      });
      before.add(epoch);
      await write();
      await isLiveAt(name, await bench.head());
    }
    expect(await seen(name)).toEqual(await expected());
  });

  test('all lose every connection of the projecting role, and go on', async () => {
    const name = freshName();
    await Promise.all([start(notesProjection({ name })), start(notesProjection({ name }))]);
    await isLiveAt(name, await bench.head());
    for (let round = 0; round < 3; round++) {
      const writing = write(20);
      await endSessionsOf(PROJECTING);
      await endSessionsOf(`khamrap leads ${name}`);
      await writing;
    }
    await isLiveAt(name, await bench.head());
    expect(await seen(name)).toEqual(await expected());
  });
});

test('a projection that meets poison stops; another runs on, and health tells', async () => {
  const [poisoned, healthy] = [freshName(), freshName()];
  const [poison] = await write();
  const refusing = notesProjection({
    name: poisoned,
    beforeRows: (batch) => {
      if (batch.some(({ position }) => position === poison!.position)) throw new TypeError('no such text');
    },
  });
  const instance = await start(refusing, notesProjection({ name: healthy }));
  const { error } = await eventually('the failure in the health', async () =>
    (await instance.projections.health()).find((each) => each.projection === poisoned && each.error !== null),
  );
  expect(error).toContain(`position ${poison!.position} (NoteWritten, event ${poison!.eventId})`);
  await eventually('its message', () => (instance.messages.length > 0 ? true : undefined));
  expect(instance.messages).toEqual([`error: projection ${poisoned} stopped: ${error}`]);
  await write();
  await isLiveAt(healthy, await bench.head());
  expect(await liveOf(poisoned)).toMatchObject({ position: poison!.position - 1 });
  await instance.close();

  await start(notesProjection({ name: poisoned }));
  expect(await isLiveAt(poisoned, await bench.head())).toMatchObject({ error: null });
  expect(await seen(poisoned)).toEqual(await seen(healthy));
});

describe('a rebuild', () => {
  test('is made beside the build that is read, while the log goes on, and switched to', async () => {
    await write(100);
    const name = freshName();
    const { projections, readModels } = await start(notesProjection({ name }));
    await isLiveAt(name, await bench.head());
    const before = (await liveOf(name)) as Build;

    const reading = new AbortController();
    const answers: { position: number; newest: number; rowCount: number }[] = [];
    const readers = [1, 2, 3].map(async () => {
      while (!reading.signal.aborted) {
        const { standpoint, result } = await readModels.read(name, {}, async (manager) => {
          // Two statements, as the answers of a list have.
          const [newest] = await manager.query(`SELECT max(from_position) AS newest FROM read_model.${name}_note`);
          const [rows] = await manager.query(`SELECT count(*)::int AS "rowCount" FROM read_model.${name}_note_history`);
          return { newest: Number(newest.newest), rowCount: Number(rows.rowCount) };
        });
        answers.push({ position: standpoint.position, ...result });
      }
    });
    const writing = (async () => {
      for (let round = 0; round < 30; round++) await write(2);
    })();
    expect(await orderRebuild(bench.pool, name)).toBeUndefined();
    expect(await orderRebuild(bench.pool, name)).toBe(`A new build of ${name} is being made already.`);
    const after = await eventually('the new build', async () => {
      const live = await liveOf(name);
      return live && live.buildId !== before.buildId ? live : undefined;
    });
    await writing;
    expect(await projections.waitFor(name, await bench.head(), 5_000)).toBe(true);
    reading.abort();
    await Promise.all(readers);

    // Every event of this log but the first is a note of its own, so an answer at a position has as many rows.
    for (const { position, newest, rowCount } of answers)
      expect({ position, newest, rowCount }).toEqual({ position, newest: position, rowCount: position });
    expect(new Set(answers.map(({ position }) => position)).size).toBeGreaterThan(1);
    expect((await liveOf(name))?.buildId).toBe(after.buildId);
    expect(await seen(name)).toEqual(await expected());
  });

  test('waits for a reader in the middle of an answer, who sees one build from first to last', async () => {
    const name = freshName();
    const { readModels, messages } = await start(notesProjection({ name }));
    await isLiveAt(name, await bench.head());
    const before = (await liveOf(name)) as Build;
    let lastSeen = 0;
    await readModels.read(name, {}, async (manager, { position }) => {
      await orderRebuild(bench.pool, name);
      await eventually('a switch that gave up', () => messages.find((message) => /lock timeout/.test(message)));
      const [row] = await manager.query(`SELECT max(from_position) AS newest FROM read_model.${name}_note`);
      lastSeen = Number(row.newest);
      expect(lastSeen).toBe(position);
    });
    // Nothing is appended meanwhile: a build that has caught up already has to be switched to all the same.
    await eventually('the new build', async () =>
      (await liveOf(name))?.buildId !== before.buildId ? true : undefined,
    );
    expect(await seen(name)).toEqual(await expected());
  });

  test('that cannot be made leaves the build that is read alone, and gives way to another one', async () => {
    const name = freshName();
    let isBroken = false;
    const instance = await start(
      notesProjection({
        name,
        beforeRows: async (_batch, { schema }) => {
          const live = (await liveOf(name)) as Build;
          if (isBroken && schema !== schemaOf(live)) throw new TypeError('broken as asked');
        },
      }),
    );
    await isLiveAt(name, await bench.head());
    isBroken = true;
    await orderRebuild(bench.pool, name);
    await eventually('the failure', () => instance.messages.find((message) => /broken as asked/.test(message)));
    await write();
    const head = await bench.head();
    await isLiveAt(name, head);
    const stopped = (await buildsOf(bench.pool, name)).find(({ state }) => state === 'building');
    expect(stopped?.error).toMatch(/^position \d+ \(NoteWritten, event .*broken as asked/);

    isBroken = false;
    expect(await orderRebuild(bench.pool, name)).toBeUndefined();
    await eventually('the new build', async () => {
      const live = await liveOf(name);
      return live && live.buildId > (stopped as Build).buildId ? live : undefined;
    });
    expect(await seen(name)).toEqual(await expected());
  });

  test('is refused for a projection that there is not', async () => {
    expect(await orderRebuild(bench.pool, 'nowhere')).toMatch(
      /^There is no projection "nowhere"\. There are: notes_\w+, /,
    );
  });

  test('of a retired build nothing is left after a while', async () => {
    const name = freshName();
    await start(notesProjection({ name }));
    const before = await isLiveAt(name, await bench.head());
    await orderRebuild(bench.pool, name);
    await eventually('the new build', async () =>
      (await liveOf(name))?.buildId !== before.buildId ? true : undefined,
    );
    const isThere = async (): Promise<boolean> => {
      const { rows } = await bench.pool.query('SELECT to_regnamespace($1) AS found', [schemaOf(before)]);
      return rows[0].found !== null;
    };
    expect(await isThere()).toBe(true);
    await bench.pool.query(
      `UPDATE projections.build SET changed_at = changed_at - interval '11 minutes' WHERE build_id = $1`,
      [before.buildId],
    );
    await eventually('an end of the old tables', async () => ((await isThere()) ? undefined : true));
    const { rows } = await bench.pool.query('SELECT FROM projections.build WHERE build_id = $1', [before.buildId]);
    expect(rows).toEqual([]);
    expect(await seen(name)).toEqual(await expected());
  });
});

describe('a new version', () => {
  test('is built beside the old one, which is read until then', async () => {
    await write(5);
    const name = freshName();
    const old = await start(notesProjection({ name }));
    await isLiveAt(name, await bench.head());
    await old.close();
    const oldSeen = await seen(name);

    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const { projections } = await start(notesProjection({ name, version: 2, beforeRows: () => opened }));
    await write();
    const builds = await eventually('the coming build', async () => {
      const both = await buildsOf(bench.pool, name);
      return both.length === 2 ? both : undefined;
    });
    expect(builds.map(({ version, state }) => [version, state])).toEqual([
      [1, 'live'],
      [2, 'building'],
    ]);
    expect(await seen(name)).toEqual(oldSeen);
    expect(await projections.waitFor(name, await bench.head(), 50)).toBe(false);
    open();
    await isLiveAt(name, await bench.head(), 2);
    expect(await seen(name)).toEqual(await expected(2));
    expect(await seen(name)).not.toEqual(await expected(1));
  });

  test('that is ahead of the build that is read does not wake those who wait for that one', async () => {
    const name = freshName();
    const old = await start(notesProjection({ name }));
    await isLiveAt(name, await bench.head());
    await old.close();
    await write();
    const head = await bench.head();
    const reader = await bench.pool.connect();
    await reader.query(`BEGIN; LOCK TABLE read_model.${name}_note IN ACCESS SHARE MODE`);
    const { projections, lookCount } = await start(notesProjection({ name, version: 2 }));
    await eventually('the coming build', async () =>
      (await buildsOf(bench.pool, name)).find(({ version, position }) => version === 2 && position === head),
    );
    const before = lookCount();
    expect(await projections.waitFor(name, head, 500)).toBe(false);
    expect(lookCount() - before).toBeLessThan(10);
    await reader.query('COMMIT');
    reader.release();
    await isLiveAt(name, head, 2);
    expect(await projections.waitFor(name, head, 500)).toBe(true);
  });

  test('takes the place of a build of an older version that was not finished', async () => {
    const name = freshName();
    const old = await start(notesProjection({ name }));
    await isLiveAt(name, await bench.head());
    await old.close();
    await orderRebuild(bench.pool, name);
    await start(notesProjection({ name, version: 3 }));
    await isLiveAt(name, await bench.head(), 3);
    expect(await seen(name)).toEqual(await expected(3));
  });

  test('is not undone by an older program, which says so', async () => {
    const name = freshName();
    const current = await start(notesProjection({ name, version: 2 }));
    await isLiveAt(name, await bench.head(), 2);
    await current.close();
    const { messages } = await start(notesProjection({ name, version: 1 }));
    await eventually('its message', () =>
      messages.find(
        (each) => each === `error: projection ${name} stopped: version 2 is there already, this program knows 1`,
      ),
    );
    expect(await buildsOf(bench.pool, name)).toMatchObject([{ version: 2, state: 'live' }]);
  });
});

describe('a build of another log', () => {
  test('is neither gone on with nor read', async () => {
    const name = freshName();
    const first = await start(notesProjection({ name }));
    await isLiveAt(name, await bench.head());
    await first.close();
    const foreign = 'ffffffff-ffff-4fff-8fff-ffffffffffff';
    await bench.pool.query('UPDATE projections.build SET log_id = $2 WHERE projection = $1', [name, foreign]);
    const before = await liveOf(name);
    const { messages, projections, readModels } = await start(notesProjection({ name }));
    await eventually('its message', () => messages.find((each) => each.includes(`made from another log (${foreign})`)));
    await write();
    expect(await liveOf(name)).toEqual(before);
    expect(await projections.positionOf(name)).toBe(-1);
    await expect(readModels.read(name, {}, () => Promise.resolve('rows'))).rejects.toThrow('has not reached position');
    expect((await projections.health()).find(({ projection }) => projection === name)?.error).toBe(
      `made from another log (${foreign})`,
    );
  });
});
