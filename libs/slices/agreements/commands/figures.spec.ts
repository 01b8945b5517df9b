import { createHash, randomUUID } from 'node:crypto';
import { isoDate, Rejection, streamName } from '@khamrap/kernel';
import { grant, type Grant, type Requester } from '@khamrap/platform/access';
import { createPool } from '@khamrap/platform/database';
import {
  CommandRejected,
  EventCodec,
  Ledger,
  openPostgresEventStore,
  OpenTheLog1700000000001,
  type EventStore,
} from '@khamrap/platform/event-store';
import { KeepEvidence1700000000004, PostgresEvidenceStore, WallEvidence1700000000007 } from '@khamrap/platform/files';
import { BuildTheVault1700000000002, Vault, WallTheVault1700000000005 } from '@khamrap/platform/vault';
import { commandContext } from '@khamrap/testing';
import { createTestDatabase, type TestDatabase } from '../../../testing/database';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { Pool } from 'pg';
import { agreementDecider } from '../domain/agreement.decider';
import { agreementEventDeclarations } from '../domain/agreement.events';
import { addIndicator, draftAgreement, FIRST_HALF, FIRST_HALF_KEY } from '../domain/agreement.examples';
import { CertifyActual, CertifyActualHandler } from './certify-actual';
import { CorrectActual, CorrectActualHandler, CorrectActualBody } from './correct-actual';
import { FigureSources } from './figure-sources';
import { ReportActual, ReportActualHandler, ReportActualBody } from './report-actual';

const PHRAE = 'TH-54';
const AT = { kind: 'office', office: 'district-1', province: PHRAE } as const;
const BODY = { span: FIRST_HALF, value: '1200', unit: 'baht', finality: 'provisional' } as const;
const CONTEXT = { decidedAt: '2027-03-31T02:00:00.000Z' };

let testDatabase: TestDatabase;
let pool: Pool;
let store: EventStore;
let ledger: Ledger;
let files: PostgresEvidenceStore;
let reporting: ReportActualHandler;
let correcting: CorrectActualHandler;
let certifying: CertifyActualHandler;

beforeAll(async () => {
  testDatabase = await createTestDatabase({
    migrations: [
      OpenTheLog1700000000001,
      BuildTheVault1700000000002,
      WallTheVault1700000000005,
      KeepEvidence1700000000004,
      WallEvidence1700000000007,
    ],
  });
  const { append: appendUrl, read: readUrl } = testDatabase.database.urls;
  store = await openPostgresEventStore({ appendUrl, readUrl, origin: 'ledger.test/log', clock: 'system' });
  pool = createPool({ url: appendUrl, size: 2, applicationName: 'spec' });
  ledger = new Ledger(store, new EventCodec(agreementEventDeclarations), new Vault(pool));
  files = new PostgresEvidenceStore(pool);
  const sources = new FigureSources(ledger, files);
  reporting = new ReportActualHandler(ledger, sources);
  correcting = new CorrectActualHandler(ledger, sources);
  certifying = new CertifyActualHandler(ledger);
});
afterAll(async () => {
  await store.close();
  await pool.end();
  await testDatabase.drop();
});

function someone(...grants: readonly Grant[]): Requester {
  const [first] = grants;
  return {
    issuer: 'spec',
    subject: randomUUID(),
    actor: { id: randomUUID(), role: first?.role ?? 'keeper' },
    grants,
  };
}
const KEEPER = someone(grant('keeper', AT));

interface Indicator {
  readonly agreementId: string;
  readonly indicatorId: string;
}

/** Figures that are followed, of an office in Phrae. */
async function followed(terms: Parameters<typeof addIndicator>[0] = {}): Promise<Indicator> {
  const target = { agreementId: randomUUID(), indicatorId: randomUUID() };
  const stream = streamName('agreement', target.agreementId);
  const parties = [{ side: 'maker', officeId: 'district-1', officeName: 'อำเภอตัวอย่าง' }] as const;
  const draft = draftAgreement({ basis: 'monitoringOnly', province: PHRAE, parties });
  for (const command of [draft, addIndicator({ ...terms, indicatorId: target.indicatorId })]) {
    await ledger.execute({ decider: agreementDecider, stream, command, context: commandContext(CONTEXT) });
  }
  return target;
}

const report = (
  target: Indicator,
  changes: Partial<ReportActualBody> = {},
  { by = KEEPER, commandId = randomUUID() } = {},
) => {
  const context = commandContext({ ...CONTEXT, commandId, requestHash: commandId });
  return reporting.execute(
    new ReportActual(target, plainToInstance(ReportActualBody, { ...BODY, ...changes }), by, context),
  );
};
const correct = (target: Indicator, changes: Partial<CorrectActualBody> = {}, by = KEEPER) => {
  const { span: _key, ...body } = BODY;
  const command = plainToInstance(CorrectActualBody, { ...body, value: '1100', reason: 'นับซ้ำ', ...changes });
  return correcting.execute(
    new CorrectActual({ ...target, period: FIRST_HALF_KEY }, command, by, commandContext(CONTEXT)),
  );
};
const lastOf = async ({ agreementId }: Indicator) =>
  (await ledger.history(streamName('agreement', agreementId))).at(-1);

async function uploaded(text: string) {
  const bytes = Buffer.from(text);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await files.store(
    sha256,
    (async function* () {
      yield bytes;
    })(),
    'pseudonym-of-keeper',
  );
  return { sha256, mediaType: 'text/plain', name: 'หลักฐาน' };
}

async function refusalOf(outcome: Promise<unknown>): Promise<Rejection> {
  const error: unknown = await outcome.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof CommandRejected)) throw new Error('it was not refused', { cause: error });
  return error.rejection;
}

test('a body without a kind reports a plain value, and needs nothing but its own stream', async () => {
  const target = await followed();
  const reads = jest.spyOn(store, 'readStream');
  reads.mockClear();
  await report(target);
  expect(reads).not.toHaveBeenCalled();
  reads.mockRestore();
  const { type, data, basis } = (await lastOf(target)) ?? {};
  expect({ type, basis }).toEqual({ type: 'ActualReported', basis: [] });
  expect(data).toEqual({
    indicatorId: target.indicatorId,
    span: FIRST_HALF_KEY,
    kind: 'value',
    value: '1200',
    unit: 'baht',
    finality: 'provisional',
    evidence: [],
    reportedBy: KEEPER.actor.id,
  });
});

test('spans within a figure are written by their keys', async () => {
  const target = await followed();
  const comparisonSpan = { from: isoDate('2025-10-01'), to: isoDate('2026-03-31') };
  await report(target, { kind: 'delta', comparisonSpan });
  expect((await lastOf(target))?.data).toMatchObject({ kind: 'delta', comparisonSpan: '2025-10-01..2026-03-31' });
  await correct(target, { statedGrowth: { percent: '3.1', comparedWith: { notStated: true } } });
  expect((await lastOf(target))?.data).toMatchObject({ statedGrowth: { percent: '3.1', comparedWith: 'notStated' } });
});

describe('evidence', () => {
  test('that a keeper names has been uploaded', async () => {
    const target = await followed();
    const there = await uploaded('ยอดจำหน่าย');
    const absent = { ...there, sha256: 'f'.repeat(64) };
    const refusal = await refusalOf(report(target, { evidence: [there, absent] }));
    expect(refusal).toMatchObject({
      code: 'actual.evidenceMissing',
      facts: { sha256: absent.sha256 },
      pointer: '/evidence/1/sha256',
    });
    await report(target, { evidence: [there] });
    expect((await refusalOf(correct(target, { value: '1200', evidence: [there] }))).code).toBe('actual.unchanged');
    expect((await lastOf(target))?.data).toMatchObject({ evidence: [there] });
    expect((await refusalOf(correct(target, { evidence: [absent] }))).code).toBe('actual.evidenceMissing');
  });

  test('that a document names may be in nobody’s hands', async () => {
    const target = await followed();
    const absent = { sha256: 'f'.repeat(64), mediaType: 'text/plain', name: 'หลักฐาน' };
    const source = { document: 'a'.repeat(64), passage: 'paragraph 3' };
    await report(target, { evidence: [absent], source }, { by: someone(grant('recorder', { kind: 'nation' })) });
    expect((await lastOf(target))?.data).not.toHaveProperty('reportedBy');
  });

  test('that was erased does not undo the answer to a repeat', async () => {
    const target = await followed();
    const evidence = [await uploaded('จะถูกลบ')];
    const commandId = randomUUID();
    const first = await report(target, { evidence }, { commandId });
    await files.erase(evidence[0]?.sha256 ?? '');
    expect(await report(target, { evidence }, { commandId })).toEqual({ ...first, replayed: true });
  });

  test('is no way to ask what the store holds: leave comes first', async () => {
    const target = await followed();
    const evidence = [{ sha256: 'f'.repeat(64), mediaType: 'text/plain', name: 'หลักฐาน' }];
    const stranger = someone(grant('keeper', { kind: 'office', office: 'district-7', province: PHRAE }));
    expect((await refusalOf(report(target, { evidence }, { by: stranger }))).code).toBe('agreement.notYours');
  });
});

describe('adopting', () => {
  const adopting = (from: Indicator, eventId: string | undefined): Partial<ReportActualBody> => ({
    kind: 'adopted',
    value: undefined,
    unit: undefined,
    adoptedFrom: { ...from, eventId: eventId ?? '' },
  });

  test('takes value and unit from the figure, and notes what it stood on', async () => {
    const [source, target] = [await followed(), await followed()];
    const { eventIds, revision } = await report(source, { value: '77.5' });
    await report(target, adopting(source, eventIds[0]));
    expect(await lastOf(target)).toMatchObject({
      data: { kind: 'adopted', value: '77.5', unit: 'baht', adoptedFrom: { ...source, eventId: eventIds[0] } },
      basis: [{ stream: `agreement-${source.agreementId}`, revision }],
    });
  });

  test('an event that is no figure of that indicator is refused', async () => {
    const [source, other, target] = [await followed(), await followed(), await followed()];
    const { eventIds } = await report(source);
    const draft = (await ledger.history(streamName('agreement', source.agreementId)))[0]?.eventId;
    const wrong = [
      adopting(source, draft),
      adopting(source, randomUUID()),
      adopting(other, eventIds[0]),
      adopting({ ...source, indicatorId: other.indicatorId }, eventIds[0]),
      adopting({ ...source, agreementId: randomUUID() }, eventIds[0]),
    ];
    for (const changes of wrong) {
      const refusal = await refusalOf(report(target, changes));
      expect(refusal).toMatchObject({ code: 'actual.adoptedUnknown', pointer: '/adoptedFrom' });
    }
  });

  test('a figure that was corrected since is refused; the correction is not', async () => {
    const [source, target] = [await followed(), await followed()];
    const { eventIds } = await report(source);
    const { eventIds: corrected } = await correct(source);
    expect((await refusalOf(report(target, adopting(source, eventIds[0])))).code).toBe('actual.adoptedSuperseded');
    await report(target, adopting(source, corrected[0]));
    expect((await lastOf(target))?.data).toMatchObject({ value: '1100' });
  });

  test('a figure of another span or kind is refused, and a unit that the indicator does not have', async () => {
    const [source, target, persons] = [await followed(), await followed(), await followed({ unit: 'person' })];
    const { eventIds } = await report(source, { kind: 'ratio', value: undefined, numerator: '1', denominator: '2' });
    expect((await refusalOf(report(target, adopting(source, eventIds[0])))).code).toBe('actual.adoptedUnfit');
    const quarter = { from: isoDate('2026-10-01'), to: isoDate('2026-12-31') };
    const { eventIds: ofQuarter } = await report(source, { span: quarter });
    expect(await refusalOf(report(target, adopting(source, ofQuarter[0])))).toMatchObject({
      code: 'actual.adoptedUnfit',
      facts: { span: '2026-10-01..2026-12-31' },
    });
    const refusal = await refusalOf(report(persons, { ...adopting(source, ofQuarter[0]), span: quarter }));
    expect(refusal.code).toBe('actual.unitDiffers');
  });

  test('who may not read the other agreement learns nothing of it', async () => {
    const [source, target] = [await followed(), await followed()];
    const { eventIds } = await report(source);
    const elsewhere = { kind: 'office', office: 'district-1', province: 'TH-55' } as const;
    const readsNothing: Grant = { ...grant('keeper', AT), permissions: new Set(['agreement.report']) };
    const by = someone(readsNothing, grant('keeper', elsewhere));
    expect((await refusalOf(report(target, adopting(source, eventIds[0]), { by }))).code).toBe('actual.adoptedUnknown');
  });
});

describe('leave', () => {
  const joint = {
    unit: 'baht',
    keepers: [
      { officeId: 'district-1', officeName: 'อำเภอตัวอย่าง' },
      { officeId: 'district-2', officeName: 'อำเภอข้างเคียง' },
    ],
  } as const;
  const certify = (target: Indicator, step: 'keeper' | 'supervisor', by: Requester) =>
    certifying.execute(
      new CertifyActual(
        { ...target, period: FIRST_HALF_KEY },
        { step },
        by,
        commandContext({ ...CONTEXT, actor: by.actor }),
      ),
    );

  test('a keeper of a joint indicator reports for the own office only', async () => {
    const target = await followed(joint);
    const neighbour = someone(grant('keeper', { ...AT, office: 'district-2' }));
    const refusal = await refusalOf(report(target, { officeId: 'district-1' }, { by: neighbour }));
    expect(refusal.code).toBe('agreement.notYours');
    await report(target, { officeId: 'district-2' }, { by: neighbour });
  });

  test('who transcribes for the nation states no figure of their own', async () => {
    const target = await followed();
    const recorder = someone(grant('recorder', { kind: 'nation' }));
    const source = { document: 'a'.repeat(64), passage: 'paragraph 1' };
    expect((await refusalOf(report(target, {}, { by: recorder }))).code).toBe('agreement.notYours');
    await report(target, { source }, { by: recorder });
    expect((await refusalOf(correct(target, {}, recorder))).code).toBe('agreement.notYours');
    await correct(target, { source }, recorder);
    expect(await lastOf(target)).toMatchObject({ type: 'ActualCorrected', provenance: { kind: 'transcribed' } });
  });

  test('a step is done in its own role, which the record names', async () => {
    const target = await followed();
    await report(target);
    expect((await refusalOf(certify(target, 'supervisor', someone(grant('keeper', AT))))).code).toBe(
      'agreement.notYours',
    );
    const elsewhere = someone(grant('keeper', AT), grant('supervisor', { ...AT, office: 'district-7' }));
    expect((await refusalOf(certify(target, 'supervisor', elsewhere))).code).toBe('agreement.notYours');
    await certify(target, 'supervisor', someone(grant('keeper', AT), grant('supervisor', AT)));
    expect((await lastOf(target))?.actor).toMatchObject({ role: 'supervisor', office: 'district-1' });
    const next = await followed();
    await report(next);
    await certify(
      next,
      'supervisor',
      someone(grant('supervisor', { ...AT, office: 'district-7' }), grant('supervisor', AT)),
    );
    expect((await lastOf(next))?.actor).toMatchObject({ role: 'supervisor', office: 'district-1' });
  });
});

describe('the body of a figure', () => {
  const refusedFields = (changes: Record<string, unknown>) => {
    const body = plainToInstance(ReportActualBody, { ...BODY, ...changes });
    return validateSync(body, { whitelist: true, forbidNonWhitelisted: true }).map(({ property }) => property);
  };
  const adoptedFrom = { agreementId: randomUUID(), indicatorId: randomUUID(), eventId: randomUUID() };

  test.each<readonly [string, Record<string, unknown>, readonly string[]]>([
    ['states a value without naming a kind', {}, []],
    ['may leave the value out, which is for the rules to judge', { value: undefined }, []],
    ['states its unit', { unit: undefined }, ['unit']],
    ['that is adopted states neither value nor unit', { kind: 'adopted', adoptedFrom }, ['value', 'unit']],
    ['that is adopted names an event', { kind: 'adopted', adoptedFrom, value: undefined, unit: undefined }, []],
    ['is of a kind that there is', { kind: 'guess' }, ['kind']],
    ['names whole levels', { kind: 'milestone', milestone: 2.5 }, ['milestone']],
    ['writes numbers as text', { kind: 'ratio', numerator: 1, denominator: '2' }, ['numerator']],
    ['says what a change is against in days', { kind: 'delta', comparisonSpan: '2026' }, ['comparisonSpan']],
    ['has no fields of its own choosing', { reportedBy: 'somebody' }, ['reportedBy']],
  ])('%s', (_what, changes, refused) => {
    expect(refusedFields(changes).toSorted()).toEqual([...refused].toSorted());
  });

  test('reads figures and days as people write them', () => {
    const body = plainToInstance(ReportActualBody, {
      ...BODY,
      value: '๑,๒๐๐.๕๐',
      asOf: '31 มีนาคม 2570',
    });
    expect(body).toMatchObject({ value: '1200.50', asOf: '2027-03-31' });
  });
});
