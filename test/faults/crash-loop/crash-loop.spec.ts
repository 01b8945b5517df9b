import { countOf } from '@khamrap/testing';
import { runScenario, type CrashLoopReport, type VictimName } from './scenario';

const CYCLES_COUNT = 4;
const SCENARIO_MS_MAX = 180_000;

// Processes are found and killed by way of /proc.
const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;

function expectNothingWrong(seed: number, { verdict, unansweredCount }: CrashLoopReport): void {
  // The seed is there to be printed: with it the same choices can be made again.
  expect({ seed, violations: verdict.violations }).toEqual({ seed, violations: [] });
  // Everything that was in the air at a kill has been found out by asking again; the one event of nobody is LedgerOpened.
  expect(verdict).toMatchObject({ unknownCount: 0, unaccountedCount: 1 });
  // A run in which nothing was going on when the victim died would prove nothing.
  expect(unansweredCount).toBeGreaterThan(0);
  expect(verdict.acknowledgedCount).toBeGreaterThan(300);
  expect(verdict.rejectedCount).toBeGreaterThan(0);
}

describeOnLinux('under load', () => {
  test.each<[VictimName, string]>([
    ['service', 'the process with the event store'],
    ['postgres', 'PostgreSQL with all its processes'],
  ])(
    'the death of the %s loses, doubles and reorders nothing (%s)',
    async (victim) => {
      const seed = Date.now() % 1_000_000;
      const report = await runScenario({
        victim,
        cycleCount: CYCLES_COUNT,
        clientCount: 12,
        seed,
        acknowledgedBetween: { least: 100, most: 600 },
      });
      expect(report.restartsMs).toHaveLength(CYCLES_COUNT);
      expectNothingWrong(seed, report);
    },
    SCENARIO_MS_MAX,
  );

  test(
    'a database that acknowledges before it writes is found out',
    async () => {
      const { verdict } = await runScenario({
        victim: 'postgres',
        cycleCount: 1,
        clientCount: 12,
        seed: 1,
        acknowledgedBetween: { least: 300, most: 300 },
        acknowledges: 'beforeWriting',
      });
      expect(countOf(verdict, 'lost')).toBeGreaterThan(0);
    },
    SCENARIO_MS_MAX,
  );
});
