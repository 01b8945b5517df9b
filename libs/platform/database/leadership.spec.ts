import path from 'node:path';
import { eventually, within } from '@khamrap/testing';
import { createTestDatabase, type TestDatabase } from '../../testing/database';
import { withMaintenance } from '../../testing/database/maintenance';
import { startProgram } from '../../testing/program';
import { leadIfElected, type Candidacy } from './leadership';

let testDatabase: TestDatabase;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterAll(() => testDatabase.drop());

const candidacy = (changes: Partial<Candidacy> = {}): Candidacy => ({
  url: testDatabase.database.urls.project,
  name: 'spec',
  applicationName: 'spec leads',
  ...changes,
});

const endings: (() => Promise<unknown>)[] = [];
afterEach(() => Promise.all(endings.splice(0).map((end) => end())));

interface Standing {
  readonly elected: boolean;
  readonly lost?: AbortSignal;
  end(): Promise<void>;
}

/** Leads until told to end, if elected; tells whether it was. */
async function stand(changes: Partial<Candidacy> = {}): Promise<Standing> {
  let finish = (): void => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  return new Promise((resolve, reject) => {
    const standing = leadIfElected(candidacy(changes), async (lost) => {
      const end = (): Promise<void> => (finish(), standing);
      endings.push(end);
      resolve({ elected: true, lost, end });
      await finished;
    });
    standing.then(() => resolve({ elected: false, end: () => Promise.resolve() }), reject);
  });
}

test('one is elected at a time, for each name; the next when it has ended', async () => {
  const first = await stand();
  const [second, other] = [await stand(), await stand({ name: 'another' })];
  expect([first.elected, second.elected, other.elected]).toEqual([true, false, true]);
  await Promise.all([first.end(), other.end()]);
  const third = await stand();
  expect(third.elected).toBe(true);
  await third.end();
});

test('who stands by leads when the other has ended, over one and the same connection', async () => {
  const first = await stand();
  const giveUp = new AbortController();
  const standby = stand({ until: giveUp.signal, applicationName: 'spec stands by' });
  const sessions = (): Promise<readonly number[]> =>
    withMaintenance(async (client) => {
      const { rows } = await client.query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE application_name = 'spec stands by'`,
      );
      return rows.map(({ pid }) => pid);
    });
  const [before] = await eventually('a candidate', async () => {
    const pids = await sessions();
    return pids.length > 0 ? pids : undefined;
  });
  await first.end();
  const next = await standby;
  expect(next.elected).toBe(true);
  expect(await sessions()).toEqual([before]);
  await next.end();

  const leader = await stand();
  const patient = stand({ until: giveUp.signal });
  giveUp.abort();
  expect((await patient).elected).toBe(false);
  await leader.end();
});

test('work that fails gives the lead back', async () => {
  await expect(leadIfElected(candidacy(), () => Promise.reject(new Error('as asked')))).rejects.toThrow('as asked');
  const next = await stand();
  expect(next.elected).toBe(true);
  await next.end();
});

test('who loses the connection is told', async () => {
  const leader = await stand();
  await withMaintenance((client) =>
    client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'spec leads'`),
  );
  await eventually('the loss', () => (leader.lost?.aborted ? true : undefined));
  await leader.end();
});

test('who works for longer than a leader may be silent goes on leading', async () => {
  const leader = await stand({ silenceMsMax: 200 });
  const begun = performance.now();
  await eventually('a while', async () => {
    expect((await stand()).elected).toBe(false);
    return performance.now() - begun > 800 ? true : undefined;
  });
  expect(leader.lost?.aborted).toBe(false);
  await leader.end();
});

test('who stands still loses the lead, and is told when it goes on', async () => {
  const program = startProgram(path.join(__dirname, 'spec/leader.program.ts'), {
    arguments: [testDatabase.database.urls.project],
  });
  endings.push(() => program.kill());
  await program.line(/^leads$/);
  expect((await stand()).elected).toBe(false);
  process.kill(program.pid, 'SIGSTOP');
  const next = await eventually('another leader', async () => {
    const candidate = await stand();
    return candidate.elected ? candidate : undefined;
  });
  process.kill(program.pid, 'SIGCONT');
  await within(10_000, 'the loss', program.line(/^lost$/));
  expect(next.lost?.aborted).toBe(false);
}, 40_000);
