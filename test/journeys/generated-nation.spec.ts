import { readConfig } from '@khamrap/platform/config';
import type { EventStore } from '@khamrap/platform/event-store';
import { startService } from '../../apps/api/service';
import { MIGRATIONS, openInfrastructure } from '../../apps/composition/infrastructure';
import { ANOMALIES, type Anomaly, type PlantedAnomaly } from '../../apps/cli/generate/anomalies';
import { generate, type Manifest } from '../../apps/cli/generate/generate';
import { generateOptionsOf, type GenerateOptions } from '../../apps/cli/generate/options';
import { ClockNotSimulated, OptionRefused } from '../../apps/cli/refusals';
import {
  makeServiceEnvironment,
  RunningService,
  type ServiceEnvironment,
  type Variables,
} from '../../libs/testing/service';
import type { AgreementStandingRow, List } from './answers';
import { sequencingOf } from './journey';
import { expectReplayed } from './replayed';

// Two provinces of three offices for one year, with something planted in every agreement.
const SMALL = ['--provinces', '2', '--offices', '3', '--indicators', '4', '--years', '1', '--anomalies', '1'];
const SIMULATED = { KHAMRAP_CLOCK: 'simulated', KHAMRAP_ALLOW_SIMULATED_CLOCK_ON_EXTERNAL_DATABASE: 'yes' };

/** What each anomaly consists of, where that is always the same. */
const MADE_BY: Partial<Record<Anomaly, readonly string[]>> = {
  awardOnSupersededResult: ['AwardGranted', 'EvaluationRoundReopened', 'ActualCorrected', 'EvaluationRoundClosed'],
  correctedAfterRoundWasClosed: ['EvaluationRoundReopened', 'ActualCorrected', 'EvaluationRoundClosed'],
  correctedAgainAndAgain: ['ActualCorrected', 'ActualCorrected', 'ActualCorrected', 'ActualCorrected'],
  evidenceReused: ['ActualReported', 'ActualReported'],
  outlier: ['ActualCorrected'],
  reportedLate: ['ActualReported'],
  scoringRuleChangedInMidYear: ['ScoringRulePublished'],
  signedWithoutMandate: ['AgreementSigned', 'AgreementTookEffect'],
};

interface Generated {
  readonly manifest: Manifest;
  readonly events: readonly {
    readonly type: string;
    readonly body: string;
    readonly eventId: string;
    readonly recordedAt: number;
  }[];
}

const environments: ServiceEnvironment[] = [];
const sequencing: EventStore[] = [];
afterAll(async () => {
  await Promise.all(sequencing.map((store) => store.close()));
  await Promise.all(environments.map((environment) => environment.remove()));
});

async function emptyDatabase(variables: Variables): Promise<ServiceEnvironment> {
  const environment = await makeServiceEnvironment({
    migrations: MIGRATIONS,
    variables: { ...variables, KHAMRAP_ROLE: 'api', KHAMRAP_DEMONSTRATION: 'no' },
  });
  environments.push(environment);
  const store = await sequencingOf(environment);
  if (store) sequencing.push(store);
  return environment;
}

async function generated(environment: ServiceEnvironment, options: GenerateOptions): Promise<Generated> {
  const config = readConfig(environment.variables);
  const manifest = await generate(config, options);
  const infrastructure = await openInfrastructure(config);
  try {
    return { manifest, events: await infrastructure.store.readLog(1, 100_000) };
  } finally {
    await infrastructure.close();
  }
}

const told = ({ manifest: { durationMs: _time, ...manifest }, events }: Generated) => ({
  manifest,
  // On one day the streams go on beside each other, in any order.
  bodies: events.map(({ body }) => body).toSorted(),
});

describe('a generated nation', () => {
  let environment: ServiceEnvironment;
  let first: Generated;
  beforeAll(async () => {
    environment = await emptyDatabase(SIMULATED);
    first = await generated(environment, generateOptionsOf(SMALL));
  }, 120_000);

  test('is the same for the same seed, to the last byte of every event, and another for another seed', async () => {
    const again = await generated(await emptyDatabase(SIMULATED), generateOptionsOf(SMALL));
    expect(told(again)).toEqual(told(first));
    const other = await generated(await emptyDatabase(SIMULATED), generateOptionsOf([...SMALL, '--seed', '2']));
    expect(told(other).bodies).not.toEqual(told(first).bodies);
  }, 120_000);

  test('lives a whole year: negotiated, signed, reported, certified, closed', () => {
    const counts = new Map<string, number>();
    for (const { type } of first.events) counts.set(type, (counts.get(type) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toMatchObject({
      OfficeRegistered: 2 + 6,
      DelegationGranted: 2,
      ReportingCalendarPublished: 1,
      AgreementDrafted: 6,
      IndicatorAdded: 24,
      AgreementTookEffect: 6,
      AgreementSigned: 12,
      ResultAnnounced: 6,
      AgreementClosed: 6,
    });
    expect(counts.get('HolderAppointed')).toBe(6 + (counts.get('HolderEnded') ?? 0));
    expect(counts.get('EvaluationRoundClosed')).toBeGreaterThanOrEqual(18);
    expect(counts.get('ActualReported')).toBeGreaterThan(60);
  });

  test('tells of the days of its story, never backwards', () => {
    const times = first.events.map(({ recordedAt }) => recordedAt);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(new Date(times[0]!).toISOString()).toBe('2021-07-31T02:00:00.000Z');
    expect(new Date(times.at(-1)!).toISOString()).toMatch(/^2022-12-/);
  });

  test('lists in its manifest what was planted, by the events that make it', () => {
    const { anomalies, eventCount } = first.manifest;
    expect(eventCount).toBe(first.events.length);
    // One in each agreement, and one in the scheme.
    expect(anomalies).toHaveLength(6 + 1);
    const known = new Set(first.events.map(({ eventId }) => eventId));
    for (const { anomaly, eventIds } of anomalies) {
      expect(ANOMALIES).toContain(anomaly);
      expect(eventIds.length).toBeGreaterThan(0);
      expect(eventIds.filter((eventId) => !known.has(eventId))).toEqual([]);
    }
  });

  test('is taken up where it ended: a second run with the same options adds nothing', async () => {
    const again = await generated(environment, generateOptionsOf(SMALL));
    expect(again.events).toHaveLength(first.events.length);
    expect(told(again).manifest).toEqual(told(first).manifest);
  }, 60_000);

  test('comes out anew from its events, number by number, for everybody at several positions', async () => {
    const service = await RunningService.start(startService, {
      ...environment.variables,
      KHAMRAP_ROLE: 'all',
    });
    try {
      const client = service.anybody;
      const read = async <Body>(path: string): Promise<Body> => {
        const { status, body, text } = await client.get<Body>(path);
        expect([path, status, text]).toEqual([path, 200, text]);
        return body;
      };
      const { length } = first.events;
      const { items } = await read<List<AgreementStandingRow>>(`/v1/agreements?minPosition=${length}&limit=100`);
      expect(items).toHaveLength(6);
      const numbers = new Set<string>();
      for (const { agreementId } of items)
        for (const position of [length, Math.ceil(length * 0.9)]) {
          const answer = await expectReplayed(read, agreementId, `asOfPosition=${position}`);
          for (const { number, basis } of answer.numbers) numbers.add(`${number} ${basis}`);
        }
      expect(numbers).toContain('total closed');
    } finally {
      await service.stop();
    }
  }, 120_000);
});

test('every kind of anomaly is planted where there is room for it, by just the events that make it', async () => {
  const environment = await emptyDatabase(SIMULATED);
  const options = ['--provinces', '8', '--offices', '8', '--indicators', '2', '--years', '1', '--anomalies', '1'];
  const { manifest, events } = await generated(environment, generateOptionsOf(options));
  const byId = new Map(events.map((event) => [event.eventId, event]));
  const typesOf = (planted: PlantedAnomaly) => planted.eventIds.map((eventId) => byId.get(eventId)!.type);
  const all = (kind: Anomaly) => manifest.anomalies.filter(({ anomaly }) => anomaly === kind);
  expect(ANOMALIES.filter((kind) => all(kind).length === 0)).toEqual([]);
  for (const [anomaly, types] of Object.entries(MADE_BY)) {
    for (const planted of all(anomaly as Anomaly)) expect([anomaly, typesOf(planted)]).toEqual([anomaly, types]);
  }
  for (const planted of all('correctedInBulkOnTheLastDay')) {
    const corrected = planted.eventIds.map((eventId) => byId.get(eventId)!);
    expect(new Set(corrected.map(({ type, recordedAt }) => `${type} ${recordedAt}`)).size).toBe(1);
    expect(corrected.length).toBeGreaterThan(1);
  }
  const filesOf = ({ eventIds }: PlantedAnomaly) => eventIds.map((eventId) => evidenceOf(byId.get(eventId)!.body));
  const files = all('evidenceReused').flatMap(filesOf);
  expect(files[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(new Set(files).size).toBe(1);
  const orders = events.flatMap(({ type, body }) =>
    type === 'DelegationGranted' ? [dataOf(body)['orderReference']] : [],
  );
  for (const { eventIds } of all('signedWithoutMandate'))
    expect(orders).not.toContain(dataOf(byId.get(eventIds[0]!)!.body)['authority']);
}, 90_000);

const dataOf = (body: string) => (JSON.parse(body) as { data: Record<string, unknown> }).data;

function evidenceOf(body: string): unknown {
  return (dataOf(body)['evidence'] as { sha256: string }[])[0]?.sha256;
}

test('a log that reads its own clock is left alone', async () => {
  const environment = await emptyDatabase({});
  await expect(generate(readConfig(environment.variables), generateOptionsOf(SMALL))).rejects.toThrow(
    ClockNotSimulated,
  );
});

test.each([
  ['--provinces', '78'],
  ['--provinces', '0'],
  ['--offices', 'many'],
  ['--anomalies', '1.5'],
  ['--anomalies', ''],
  ['--years', '-1'],
  ['--first-year', '2022'],
  ['--colour', 'blue'],
])('%s %s is refused with what it may be', (...commandLine) => {
  expect(() => generateOptionsOf(commandLine)).toThrow(OptionRefused);
});
