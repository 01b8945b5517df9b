import { standingsProjection } from '@khamrap/standings';
import { readConfig } from '@khamrap/platform/config';
import { createPool } from '@khamrap/platform/database';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import type { ProjectionDefinition } from '@khamrap/platform/projections';
import { eventCodec, MIGRATIONS, openInfrastructure } from '../../../apps/composition/infrastructure';
import type { Anomaly } from '../../../apps/cli/generate/anomalies';
import { generate, type Manifest } from '../../../apps/cli/generate/generate';
import { generateOptionsOf } from '../../../apps/cli/generate/options';
import { FoldingTables, type TableRow } from '../../testing/projection';
import { makeServiceEnvironment } from '../../testing/service';
import { RULE_CODES, type RuleCode } from './domain/rules/rule-vocabulary';
import { questionsProjection } from './views/questions/questions.projection';

/** Which rule has to find each anomaly that is planted. */
const FOUND_BY: Readonly<Record<Anomaly, RuleCode>> = {
  targetLoweredAfterActual: 'targetLoweredAfterActual',
  weightChangedAfterSigning: 'weightChangedAfterSigning',
  reportedLate: 'reportedLate',
  correctedAfterRoundWasClosed: 'correctedAfterRoundWasClosed',
  correctedAgainAndAgain: 'correctedAgainAndAgain',
  correctedInBulkOnTheLastDay: 'correctedInBulkNearDeadline',
  signedLongBeforeItWasRecorded: 'recordedLongAfterEffective',
  signedWithoutMandate: 'signedWithoutMandate',
  evidenceReused: 'evidenceUsedTwice',
  awardOnSupersededResult: 'awardOnSupersededResult',
  outlier: 'figureOutOfProportion',
  scoringRuleChangedInMidYear: 'scoringRuleChangedInMidYear',
};
const PER_THOUSAND_MAX = 5;
const BATCH_COUNT = 500;

/**
 * A nation in which half of the agreements have something planted, the other half nothing. A larger one, with a table of what
 * was found and the speed of the fold, by `KHAMRAP_MEASURED_NATION='--provinces 10 --years 2 --anomalies 0' npx jest <this file>`.
 */
const ASKED_FOR = process.env.KHAMRAP_MEASURED_NATION;
const OPTIONS = ASKED_FOR ?? '--provinces 6 --offices 8 --indicators 4 --years 1 --anomalies 0.5';

let manifest: Manifest;
let events: readonly DecodedEvent[];
let questions: readonly TableRow[];
const speeds: string[] = [];

beforeAll(async () => {
  const environment = await makeServiceEnvironment({
    migrations: MIGRATIONS,
    variables: {
      KHAMRAP_CLOCK: 'simulated',
      KHAMRAP_ALLOW_SIMULATED_CLOCK_ON_EXTERNAL_DATABASE: 'yes',
      KHAMRAP_ROLE: 'api',
      KHAMRAP_DEMONSTRATION: 'no',
    },
  });
  const config = readConfig(environment.variables);
  manifest = await generate(config, generateOptionsOf(OPTIONS.split(' ')));
  const { store, database, close } = await openInfrastructure(config);
  const pool = createPool({ url: database.urls.project, size: 2, applicationName: 'spec' });
  try {
    const codec = eventCodec();
    const recorded = await store.readLog(1, 10_000_000);
    events = recorded.map((event) => ({
      ...codec.decode(event),
      position: event.position,
      recordedAtMs: event.recordedAt,
    }));
    const rowsOf = async (definition: ProjectionDefinition) => {
      const tables = await FoldingTables.make(pool, definition);
      const heard = events.filter(({ type }) => definition.eventTypes.includes(type));
      const batches = Array.from({ length: Math.ceil(heard.length / BATCH_COUNT) }, (_none, index) =>
        heard.slice(index * BATCH_COUNT, (index + 1) * BATCH_COUNT),
      );
      const begun = performance.now();
      const rows = await tables.fold(batches);
      const rate = Math.round(heard.length / ((performance.now() - begun) / 1_000));
      speeds.push(`${definition.name}: ${heard.length} events, ${rate} a second`);
      return rows;
    };
    questions = (await rowsOf(questionsProjection(store, codec)))['question']!;
    if (ASKED_FOR !== undefined) await rowsOf(standingsProjection(store, codec));
  } finally {
    await pool.end();
    await close();
    await environment.remove();
  }
}, 1_800_000);

const eventsOf = (question: TableRow): readonly string[] =>
  (JSON.parse(question['rests_on'] as string) as { eventId: string }[]).map(({ eventId }) => eventId);

test('everything that is planted is found, by the rule that it is planted for, on the events that make it', () => {
  const missed = manifest.anomalies.filter(({ anomaly, eventIds }) =>
    questions.every(
      (question) => question['rule'] !== FOUND_BY[anomaly] || !eventsOf(question).some((id) => eventIds.includes(id)),
    ),
  );
  expect(missed).toEqual([]);
  if (ASKED_FOR === undefined)
    expect(new Set(manifest.anomalies.map(({ anomaly }) => anomaly)).size).toBeGreaterThanOrEqual(10);
});

test('hardly anything is asked about agreements in which nothing is planted', () => {
  const planted = new Set(manifest.anomalies.map(({ agreementId }) => agreementId));
  const ofClean = questions.filter(
    (question) => !planted.has((question['agreement_id'] as string | null) ?? undefined),
  );
  const clean = events.filter(
    ({ type, stream }) => type === 'ActualReported' && !planted.has(stream.slice('agreement-'.length)),
  );
  const table = RULE_CODES.map((rule) => {
    const count = ofClean.filter((question) => question['rule'] === rule).length;
    const all = questions.filter((question) => question['rule'] === rule).length;
    const mode = questions.find((question) => question['rule'] === rule)?.['mode'] ?? '–';
    return { rule, mode, all, count, perThousand: (count / clean.length) * 1_000 };
  });
  const asked = table.filter(({ mode }) => mode === 'ask');
  // Of few reports one question is more than a thousandth part of them.
  const countMax = Math.max(1, Math.floor((clean.length * PER_THOUSAND_MAX) / 1_000));
  expect(asked.filter(({ rule, count }) => rule !== 'scoringRuleChangedInMidYear' && count > countMax)).toEqual([]);
  if (ASKED_FOR === undefined) return;
  const lines = table.map(
    ({ rule, mode, all, count, perThousand }) =>
      `${rule.padEnd(32)} ${String(mode).padEnd(5)} ${String(all).padStart(6)} ${String(count).padStart(6)} ${perThousand.toFixed(2).padStart(8)}`,
  );
  process.stdout.write(
    [
      `${manifest.anomalies.length} planted, ${clean.length} clean reports`,
      `${'rule'.padEnd(32)} mode     all  clean per 1000`,
      ...lines,
      ...speeds,
      '',
    ].join('\n'),
  );
});
