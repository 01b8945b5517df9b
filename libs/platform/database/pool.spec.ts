import type { Pool } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../testing/database';
import { withMaintenance } from '../../testing/database/maintenance';
import { createPool } from './pool';

describe('createPool', () => {
  let test: TestDatabase;
  let pool: Pool;

  beforeAll(async () => {
    test = await createTestDatabase();
    pool = createPool({ url: test.database.urls.read, size: 2, applicationName: 'pool spec' });
  });

  afterAll(async () => {
    await pool.end();
    await test.drop();
  });

  it('reads 64-bit integers as numbers, also in arrays, and leaves other numbers exact', async () => {
    const { rows } = await pool.query(
      `SELECT count(*), 9007199254740991::int8 AS largest, ARRAY[[1::int8, NULL], [-2, 3]] AS many, 0.10 AS exact`,
    );
    expect(rows).toEqual([
      {
        count: 1,
        largest: 9_007_199_254_740_991,
        many: [
          [1, null],
          [-2, 3],
        ],
        exact: '0.10',
      },
    ]);
  });

  it('fails a query rather than round', async () => {
    await expect(pool.query('SELECT 9007199254740992::int8')).rejects.toThrow(/9007199254740992 is too large/);
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });

  it('survives the loss of idle and of busy connections', async () => {
    const busy = await pool.connect();
    const interrupted = busy.query('SELECT pg_sleep(60)').catch((error: Error) => error.message);
    await pool.query('SELECT 1');
    await withMaintenance(async (client) => {
      const { rowCount } = await client.query(
        `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'pool spec'`,
      );
      expect(rowCount).toBe(2);
    });
    expect(await interrupted).toMatch(/terminating connection/);
    busy.release(true);
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });
});
