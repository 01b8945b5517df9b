import * as path from 'node:path';
import { Client } from 'pg';
import { within } from '@khamrap/testing';
import { MIGRATIONS } from '../../apps/composition/infrastructure';
import { startService } from '../../apps/api/service';
import {
  launchService,
  makeServiceEnvironment,
  RunningService,
  type ServiceEnvironment,
  type Variables,
} from '../../libs/testing/service';
import { headOf } from './journey';

// When and how often the demonstration is written; what it says stands in demonstration.spec.ts.

const MAIN = path.resolve(__dirname, '../../apps/api/main.ts');
const EVENT_COUNTS = {
  LedgerOpened: 1,
  LogKeyAdopted: 1,
  SourceDocumentRegistered: 5,
  // The last one keeps the roles of those who run the demonstration.
  OfficeRegistered: 21 + 1,
  RoleGranted: 11,
  InspectorAssigned: 2,
  HolderAppointed: 7,
  HolderEnded: 1,
  DelegationGranted: 2,
  InspectionRoundOpened: 1,
  InspectionVisitRecorded: 1,
  GoalSetPublished: 1,
  AgreementDrafted: 3,
  IndicatorAdded: 2 + 16 + 4,
  TargetSet: 1,
  ActualReported: 2 + 4,
  AwardsAnnounced: 4,
  AwardGranted: 6 + 1 + 1,
  SchemePublished: 2,
  ScoringRulePublished: 2,
  StatusRulesPublished: 2,
  BandsPublished: 1,
};
/** What the log says of itself before anything else: that it was opened, and with which key it is signed. */
const ABOUT_ITSELF = 2;
const LAST_POSITION = Object.values(EVENT_COUNTS).reduce((sum, count) => sum + count, 0) - 1;

async function environmentWithDemonstration(variables: Variables = {}): Promise<ServiceEnvironment> {
  return makeServiceEnvironment({
    migrations: MIGRATIONS,
    variables: { KHAMRAP_DEMONSTRATION: 'yes', ...variables },
  });
}

test('on a log with a simulated clock every fact is recorded on the day on which it could be known', async () => {
  const environment = await environmentWithDemonstration({
    KHAMRAP_CLOCK: 'simulated',
    KHAMRAP_ALLOW_SIMULATED_CLOCK_ON_EXTERNAL_DATABASE: 'yes',
  });
  const service = await RunningService.start(startService, environment.variables);
  try {
    const log = (await service.service.infrastructure.store.readLog(0, 1_000)).slice(ABOUT_ITSELF);
    const dayOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);
    const counts: Record<string, number> = {};
    for (const { recordedAt } of log) counts[dayOf(recordedAt)] = (counts[dayOf(recordedAt)] ?? 0) + 1;
    expect(counts).toEqual({
      '2019-08-23': 1 + 5,
      '2021-04-29': 1 + 9,
      '2021-10-12': 1 + 22,
      '2022-09-20': 1 + 19,
      '2023-09-18': 1 + 23,
      // The standard schemes rest on what was told of fiscal year 2567; roles are given when all is said.
      '2024-09-30': 7 + 14,
    });
  } finally {
    await service.stop();
    await environment.remove();
  }
}, 60_000);

test('a first start that is killed half way is taken up by the next', async () => {
  const environment = await environmentWithDemonstration();
  // A session of the administrator that holds the log's head: whatever comes next has to wait, so the kill hits the middle.
  const holder = new Client({ connectionString: environment.variables['DATABASE_URL'] });
  await holder.connect();
  await holder.query('LISTEN khamrap_ledger');
  const firstStatements = new Promise<void>((resolve) => {
    // In the middle of what begins and what is said of it.
    holder.on('notification', ({ payload }) => Number(payload) > 20 && resolve());
  });
  const killed = launchService(MAIN, environment.variables);
  try {
    await within(30_000, 'the first statements', firstStatements);
    await holder.query('BEGIN');
    const { rows } = await holder.query<{ next: string }>('SELECT next_position AS next FROM ledger.head FOR UPDATE');
    await killed.kill('SIGKILL');
    await holder.query('ROLLBACK');
    const reached = Number(rows[0]?.next) - 1;
    expect(reached).toBeGreaterThan(20);
    expect(reached).toBeLessThan(LAST_POSITION);

    const service = await RunningService.start(startService, environment.variables);
    try {
      expect(await headOf({ service })).toBe(LAST_POSITION);
      const log = await service.service.infrastructure.store.readLog(0, 1_000);
      const counts: Record<string, number> = {};
      for (const { type } of log) counts[type] = (counts[type] ?? 0) + 1;
      expect(counts).toEqual(EVENT_COUNTS);
    } finally {
      await service.stop();
    }
  } finally {
    await killed.kill('SIGKILL');
    await holder.end();
    await environment.remove();
  }
}, 60_000);
