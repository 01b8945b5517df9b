import { randomUUID } from 'node:crypto';
import { isoDate, NOT_STATED, Rejection, streamName, type StreamName } from '@khamrap/kernel';
import { grant, NotPermitted, type Grant, type Requester, type RoleName, type Scope } from '@khamrap/platform/access';
import { CommandRejected, EventCodec, Ledger } from '@khamrap/platform/event-store';
import { commandContext } from '@khamrap/testing';
import { ProjectionBench } from '../../../testing/projection';
import { schemeEventDeclarations, type SchemeEvent } from '../../schemes/domain/scheme.events';
import {
  bandsPublished,
  calendarPublished,
  deadlineExtended,
  schemePublished,
  scoringRulePublished,
  SIX_MONTHS,
  TWELVE_MONTHS,
} from '../../schemes/domain/scheme.examples';
import { agreementEventDeclarations, type AgreementDrafted, type AgreementEvent } from '../domain/agreement.events';
import {
  drafted,
  FIRST_HALF,
  IN_EFFECT,
  indicatorAdded,
  MAKER,
  READY_DRAFT,
  RECEIVER,
  YEAR,
} from '../domain/agreement.examples';
import { HALF, judgedAgreement, ROUNDS, WHOLE } from '../domain/rounds/rounds.examples';
import { AnnounceResult, AnnounceResultHandler, type AnnounceResultBody } from './announce-result';
import { ApproveAmendment, ApproveAmendmentHandler } from './approve-amendment';
import { CloseAgreement, CloseAgreementHandler } from './close-agreement';
import { CloseEvaluationRound, CloseEvaluationRoundHandler } from './close-evaluation-round';
import { DecideAppeal, DecideAppealHandler, type DecideAppealBody } from './decide-appeal';
import { DetermineScore, DetermineScoreHandler, type DetermineScoreBody } from './determine-score';
import { FileAppeal, FileAppealHandler } from './file-appeal';
import { GrantExemption, GrantExemptionHandler } from './grant-exemption';
import { OfficeFacts } from './office-facts';
import { RejectAmendment, RejectAmendmentHandler } from './reject-amendment';
import { ReopenEvaluationRound, ReopenEvaluationRoundHandler } from './reopen-evaluation-round';
import { RequestAmendment, RequestAmendmentHandler, type RequestAmendmentBody } from './request-amendment';
import { SchemeFacts } from './scheme-facts';

const PHRAE = 'TH-54';
const PROVINCE: Scope = { kind: 'province', province: PHRAE };
const office = (name: string): Scope => ({ kind: 'office', office: name, province: PHRAE });
const SCHEME = { schemeId: 'example-2570', ruleVersion: 1, calendarVersion: 1 };
const SCHEME_STREAM = streamName('scheme', SCHEME.schemeId);
const CALENDAR = [
  { ...SIX_MONTHS, round: HALF, span: FIRST_HALF },
  { ...TWELVE_MONTHS, round: WHOLE, span: YEAR },
];
const AFTER_YEAR = '2027-10-14T20:00:00.000Z';

let bench: ProjectionBench;
let ledger: Ledger;
let schemes: SchemeFacts;
let offices: OfficeFacts;

beforeAll(async () => {
  const codec = new EventCodec([...agreementEventDeclarations, ...schemeEventDeclarations]);
  bench = await ProjectionBench.open(codec);
  ledger = new Ledger(bench.store, codec, { keep: () => Promise.resolve() });
  await publish(SCHEME_STREAM, [
    schemePublished(),
    scoringRulePublished(),
    scoringRulePublished({ ruleVersion: 2, belowLowest: '0.5' }),
    bandsPublished(),
    calendarPublished(),
    calendarPublished({ fiscalYear: 2570, rounds: CALENDAR, amendmentCutOffOn: isoDate('2027-02-28') }),
    calendarPublished({
      fiscalYear: 2570,
      calendarVersion: 2,
      rounds: CALENDAR.slice(1),
      amendmentCutOffOn: undefined,
    }),
    bandsPublished({ bandsVersion: 2 }),
    deadlineExtended({ fiscalYear: 2570 }),
  ]);
});
beforeEach(() => {
  schemes = new SchemeFacts(ledger, bench.store);
  offices = new OfficeFacts(ledger);
});
afterAll(() => bench.close());

async function publish(stream: StreamName, events: readonly SchemeEvent[]): Promise<void> {
  await bench.record(events.map((event) => ({ stream, event })));
}

async function recorded(events: readonly AgreementEvent[]): Promise<string> {
  const agreementId = randomUUID();
  await bench.record(events.map((event) => ({ stream: streamName('agreement', agreementId), event })));
  return agreementId;
}

function agreement(heading: Partial<AgreementDrafted['data']> = {}): Promise<string> {
  const sketch = { target: { value: '100' }, figures: [{ value: '120' }] };
  return recorded(judgedAgreement([sketch], { scheme: SCHEME, province: PHRAE, ...heading }));
}

function someone(...grants: readonly Grant[]): Requester {
  const [first] = grants;
  const of = first?.scope.kind === 'office' && { office: first.scope.office };
  const actor = { id: randomUUID(), role: first?.role ?? 'keeper', ...of };
  return { issuer: 'spec', subject: randomUUID(), actor, grants };
}
const as = (role: RoleName, scope: Scope = PROVINCE): Requester => someone(grant(role, scope));
const UNIT = as('performanceUnit');
const HEAD = as('officeHead', office(MAKER.officeId));

const contextOf = ({ actor }: Requester) => commandContext({ actor, decidedAt: AFTER_YEAR });

const close = (agreementId: string, { round = HALF, by = UNIT } = {}) =>
  new CloseEvaluationRoundHandler(ledger, schemes).execute(
    new CloseEvaluationRound({ agreementId, round }, undefined, by, contextOf(by)),
  );
const reopen = (agreementId: string, by = UNIT) =>
  new ReopenEvaluationRoundHandler(ledger).execute(
    new ReopenEvaluationRound({ agreementId, round: HALF }, { reason: 'ตกหล่น' }, by, contextOf(by)),
  );
const score = (agreementId: string, body: Partial<DetermineScoreBody> = {}, by = UNIT) =>
  new DetermineScoreHandler(ledger, schemes).execute(
    new DetermineScore({ agreementId, round: HALF }, { assessor: 'evaluator', score: '4', ...body }, by, contextOf(by)),
  );
const announce = (agreementId: string, by = UNIT, body: Partial<AnnounceResultBody> = {}) =>
  new AnnounceResultHandler(ledger).execute(
    new AnnounceResult(
      { agreementId, round: HALF },
      { score: '4.5', announcedOn: isoDate('2027-10-15'), ...body },
      by,
      contextOf(by),
    ),
  );
const appeal = (agreementId: string, by = HEAD, officeId = MAKER.officeId) =>
  new FileAppealHandler(ledger, offices).execute(
    new FileAppeal({ agreementId }, { round: HALF, officeId, grounds: 'หลักฐานไม่ครบ' }, by, contextOf(by)),
  );
const decide = (agreementId: string, appealId: string, body: Partial<DecideAppealBody> = {}, by = UNIT) =>
  new DecideAppealHandler(ledger, schemes).execute(
    new DecideAppeal({ agreementId, appealId }, { outcome: 'upheld', reason: 'ครบ', ...body }, by, contextOf(by)),
  );
async function requestedBy(by: Requester, agreementId: string, changes: RequestAmendmentBody['changes']) {
  const body = { officeId: MAKER.officeId, changes, reason: 'น้ำท่วม', effectiveFrom: isoDate('2027-04-01') };
  const context = commandContext({ actor: by.actor, decidedAt: '2027-02-01T02:00:00.000Z' });
  const requesting = new RequestAmendmentHandler(ledger, schemes, offices);
  return (await requesting.execute(new RequestAmendment({ agreementId }, body, by, context))).id;
}
const approve = (agreementId: string, amendmentId: string, by: Requester) =>
  new ApproveAmendmentHandler(ledger, offices).execute(
    new ApproveAmendment({ agreementId, amendmentId }, { officeId: RECEIVER.officeId }, by, contextOf(by)),
  );
const reject = (agreementId: string, amendmentId: string, by: Requester) =>
  new RejectAmendmentHandler(ledger, offices).execute(
    new RejectAmendment({ agreementId, amendmentId }, { officeId: RECEIVER.officeId, reason: 'ก' }, by, contextOf(by)),
  );
const exempt = (agreementId: string, by: Requester) =>
  new GrantExemptionHandler(ledger, schemes, offices).execute(
    new GrantExemption(
      { agreementId, indicatorId: 'indicator-1' },
      { round: WHOLE, officeId: RECEIVER.officeId, reason: 'ก' },
      by,
      contextOf(by),
    ),
  );
const end = (agreementId: string, by = UNIT) =>
  new CloseAgreementHandler(ledger, schemes).execute(new CloseAgreement({ agreementId }, undefined, by, contextOf(by)));

const lastOf = async (agreementId: string) => (await ledger.history(streamName('agreement', agreementId))).at(-1);

async function refusalOf(outcome: Promise<unknown>): Promise<string> {
  const error: unknown = await outcome.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CommandRejected)) throw error ?? new Error('it was accepted');
  return error.rejection.code;
}

describe('the facts of a scheme', () => {
  const nobodyRefuses = () => undefined;

  test('are those of the versions agreed on, with the newest bands and the calendar of the year', async () => {
    const { revision } = (await ledger.history(SCHEME_STREAM)).at(-1) ?? { revision: -1 };
    expect(await schemes.ofAgreement(await agreement(), nobodyRefuses)).toMatchObject({
      rule: { ruleVersion: 1, belowLowest: '0', between: 'linear' },
      rounds: ROUNDS,
      amendmentCutOffOn: '2027-02-28',
      bands: { bandsVersion: 2 },
      basis: [{ stream: SCHEME_STREAM, revision }],
    });
    const newer = await schemes.of({ ...SCHEME, ruleVersion: 2, calendarVersion: 2 }, 2570);
    expect(newer).toMatchObject({ rule: { ruleVersion: 2 }, rounds: ROUNDS.slice(1) });
    expect(newer).not.toHaveProperty('amendmentCutOffOn');
    expect(await schemes.of(SCHEME, 2565)).toMatchObject({ rounds: [{ span: SIX_MONTHS.span }, {}] });
  });

  test.each([
    ['the scheme', { schemeId: 'nowhere' }, 2570],
    ['the rule', { ruleVersion: 3 }, 2570],
    ['the calendar', { calendarVersion: 3 }, 2570],
    ['a calendar of the year', {}, 2571],
  ])('are refused where %s was never published', async (_what, changes, fiscalYear) => {
    expect(await refusalOf(schemes.of({ ...SCHEME, ...changes }, fiscalYear))).toBe('agreement.schemeUnknown');
  });

  test('are none where no agreement is, or none that names a scheme', async () => {
    expect(await schemes.ofAgreement(randomUUID(), nobodyRefuses)).toBeUndefined();
    expect(await schemes.ofAgreement(await recorded(IN_EFFECT), nobodyRefuses)).toBeUndefined();
  });

  test('are told to nobody who may not act', async () => {
    const unknown = await agreement({ scheme: { ...SCHEME, schemeId: 'nowhere' } });
    expect(await schemes.ofAgreement(unknown, () => new Rejection('agreement.notYours'))).toBeUndefined();
    expect(await refusalOf(close(unknown, { by: as('keeper') }))).toBe('agreement.notYours');
  });

  test('are folded once, and again when the scheme has said more', async () => {
    const stream = streamName('scheme', 'growing');
    const scheme = { ...SCHEME, schemeId: 'growing' };
    const history = jest.spyOn(ledger, 'history');
    await publish(stream, [schemePublished(), scoringRulePublished(), calendarPublished({ fiscalYear: 2570 })]);
    const first = await schemes.of(scheme, 2570);
    expect(await schemes.of(scheme, 2570)).toEqual(first);
    expect(history).toHaveBeenCalledTimes(1);
    expect(first).not.toHaveProperty('bands');
    await publish(stream, [bandsPublished()]);
    expect(await schemes.of(scheme, 2570)).toMatchObject({ bands: { bandsVersion: 1 }, basis: [{ revision: 3 }] });
    expect(history).toHaveBeenCalledTimes(2);
    history.mockRestore();
  });
});

describe('closing a round', () => {
  test('scores it by what the scheme has published, and says on what it relied', async () => {
    const agreementId = await agreement();
    const outcome = await close(agreementId);
    expect(outcome).toMatchObject({ id: agreementId });
    const { revision } = (await ledger.history(SCHEME_STREAM)).at(-1) ?? {};
    expect(await lastOf(agreementId)).toMatchObject({
      type: 'EvaluationRoundClosed',
      basis: [{ stream: SCHEME_STREAM, revision }],
      data: {
        round: HALF,
        closedOn: '2027-10-15',
        closedBy: UNIT.actor.id,
        scheme: { ...SCHEME, bandsVersion: 2 },
        total: '5.0000',
        band: 'quality',
      },
    });
  });

  test('is told again as the first time, whatever has become of the round and of the one who asks', async () => {
    const agreementId = await agreement();
    const commandId = randomUUID();
    const closing = (by: Requester) =>
      new CloseEvaluationRoundHandler(ledger, schemes).execute(
        new CloseEvaluationRound({ agreementId, round: HALF }, undefined, by, {
          ...contextOf(by),
          commandId,
          requestHash: 'the same',
        }),
      );
    const first = await closing(UNIT);
    await reopen(agreementId);
    const { eventIds, revision } = await closing(UNIT);
    expect({ eventIds, revision }).toEqual({ eventIds: first.eventIds, revision: first.revision });
    expect(await closing({ ...UNIT, grants: [] })).toMatchObject({ eventIds });
    expect(await lastOf(agreementId)).toMatchObject({ type: 'EvaluationRoundReopened' });
  });

  test('tells on behalf of which office it was closed', async () => {
    const agreementId = await agreement();
    await close(agreementId, { by: as('performanceUnit', office(RECEIVER.officeId)) });
    expect(await lastOf(agreementId)).toMatchObject({ data: { officeId: RECEIVER.officeId } });
  });

  test.each<[string, () => Promise<string>, string]>([
    ['no agreement', () => Promise.resolve(randomUUID()), 'agreement.notDrafted'],
    ['no scheme in the province', () => agreement({ scheme: undefined }), 'round.noScheme'],
    ['an unknown scheme', () => agreement({ scheme: { ...SCHEME, ruleVersion: 9 } }), 'agreement.schemeUnknown'],
    ['a draft', () => recorded([drafted({ province: PHRAE }), ...READY_DRAFT.slice(1)]), 'round.agreementNotInEffect'],
  ])('is refused of %s', async (_what, made, code) => {
    expect(await refusalOf(close(await made()))).toBe(code);
  });
});

describe('the year of an agreement', () => {
  test('is judged, announced, appealed against, judged again, and ends', async () => {
    const agreementId = await agreement();
    await score(agreementId, { assessor: 'selfAssessment' }, as('keeper', office(MAKER.officeId)));
    await close(agreementId);
    await announce(agreementId);
    const { id: appealId } = await appeal(agreementId);
    expect(await lastOf(agreementId)).toMatchObject({ type: 'AppealFiled', data: { appealId } });
    await decide(agreementId, appealId, { score: '4.9' });
    expect(await lastOf(agreementId)).toMatchObject({ data: { score: '4.9' }, basis: [{ stream: SCHEME_STREAM }] });
    await reopen(agreementId);
    await close(agreementId);
    await close(agreementId, { round: WHOLE });
    await end(agreementId);
    expect(await lastOf(agreementId)).toMatchObject({ type: 'AgreementClosed', data: { closedOn: '2027-10-15' } });
    expect(await refusalOf(end(agreementId))).toBe('agreement.closed');
  });

  test('has scores within the bounds of the rule', async () => {
    expect(await refusalOf(score(await agreement(), { score: '5.1' }))).toBe('score.outOfBounds');
  });

  test('records under the grant that allows it what several grants open', async () => {
    const both = someone(grant('keeper', office(MAKER.officeId)), grant('performanceUnit', PROVINCE));
    const agreementId = await agreement();
    await score(agreementId, {}, both);
    expect(await lastOf(agreementId)).toMatchObject({ actor: { role: 'performanceUnit' } });
  });
});

describe('a result that a document states', () => {
  const source = { document: 'a'.repeat(64), passage: 'paragraph 2' };
  const recorder = as('recorder', { kind: 'nation' });
  const announced = () =>
    recorded([drafted({ basis: 'announced', province: PHRAE, parties: [] }), indicatorAdded({ weight: NOT_STATED })]);

  test('is transcribed, of a past year and of a round that was closed here, and is nobody else’s word', async () => {
    const past = await announced();
    await announce(past, recorder, { source });
    const provenance = { kind: 'transcribed', sourceDocument: source.document, passage: source.passage };
    const actor = { id: recorder.actor.id, role: 'recorder' };
    expect(await lastOf(past)).toMatchObject({ type: 'ResultAnnounced', actor, provenance });
    const here = await agreement();
    await close(here);
    await announce(here, recorder, { source });
    expect(await lastOf(here)).toMatchObject({ type: 'ResultAnnounced', actor, provenance });
  });

  test('is not announced by who transcribes it, nor transcribed by who announces', async () => {
    const here = await agreement();
    await close(here);
    expect(await refusalOf(announce(here, recorder))).toBe('agreement.notYours');
    await expect(announce(here, UNIT, { source })).rejects.toBeInstanceOf(NotPermitted);
    expect(await refusalOf(announce(await announced(), UNIT))).toBe('round.unsignedBasis');
  });
});

describe('who holds several grants', () => {
  const elsewhere = grant('officeHead', office('district-7'));

  test('acts for an office under the grant for that office, and for the province under that of the governor', async () => {
    const agreementId = await agreement();
    await close(agreementId);
    await appeal(agreementId, someone(elsewhere, grant('officeHead', office(MAKER.officeId))));
    expect(await lastOf(agreementId)).toMatchObject({ actor: { role: 'officeHead', office: MAKER.officeId } });
    await exempt(agreementId, someone(elsewhere, grant('governor', PROVINCE)));
    const exempted = await lastOf(agreementId);
    expect(exempted).toMatchObject({ actor: { role: 'governor' } });
    expect(exempted?.actor).not.toHaveProperty('office');
    const units = ['district-7', RECEIVER.officeId].map((name) => grant('performanceUnit', office(name)));
    await close(agreementId, { round: WHOLE, by: someone(...units) });
    expect(await lastOf(agreementId)).toMatchObject({
      actor: { office: RECEIVER.officeId },
      data: { officeId: RECEIVER.officeId },
    });
  });
});

describe('who may judge', () => {
  const elsewhere = (role: RoleName) => as(role, { kind: 'province', province: 'TH-50' });

  test.each<[string, (agreementId: string) => Promise<unknown>, string]>([
    [
      'a unit of another province closes',
      (id) => close(id, { by: elsewhere('performanceUnit') }),
      'agreement.notDrafted',
    ],
    ['a keeper closes', (id) => close(id, { by: as('keeper') }), 'agreement.notYours'],
    ['a keeper reopens', (id) => reopen(id, as('keeper')), 'agreement.notYours'],
    ['a keeper announces', (id) => announce(id, as('keeper')), 'agreement.notYours'],
    ['a keeper ends the year', (id) => end(id, as('keeper')), 'agreement.notYours'],
    ['a keeper scores as an evaluator', (id) => score(id, {}, as('keeper')), 'agreement.notYours'],
    ['a unit assesses itself', (id) => score(id, { assessor: 'selfAssessment' }), 'agreement.notYours'],
    ['the governor appeals for a district', (id) => appeal(id, as('governor')), 'agreement.notYours'],
    ['another head appeals', (id) => appeal(id, as('officeHead', office('district-2'))), 'agreement.notYours'],
    ['a head decides', (id) => decide(id, randomUUID(), {}, HEAD), 'agreement.notYours'],
  ])('%s: refused', async (_who, act, code) => {
    expect(await refusalOf(act(await agreement()))).toBe(code);
  });

  test('the governor appeals where the governor undertakes, and does not decide there', async () => {
    const agreementId = await agreement({ level: 'province' });
    await close(agreementId);
    const governor = as('governor');
    const { id: appealId } = await appeal(agreementId, governor);
    expect(await refusalOf(decide(agreementId, appealId, {}, as('governor')))).toBe('appeal.own');
    await decide(agreementId, appealId, {}, as('performanceUnit', { kind: 'nation' }));
    expect(await lastOf(agreementId)).toMatchObject({ type: 'AppealDecided' });
  });

  test('who has a role in the office that made the agreement decides nothing about it for others', async () => {
    const agreementId = await agreement();
    await close(agreementId);
    const { id: appealId } = await appeal(agreementId);
    const inBoth = someone(grant('performanceUnit', PROVINCE), grant('keeper', office(MAKER.officeId)));
    expect(await refusalOf(decide(agreementId, appealId, {}, inBoth))).toBe('appeal.own');
    const acting = someone(grant('governor', PROVINCE), grant('officeHead', office(MAKER.officeId)));
    const changes = [{ change: 'weight', indicatorId: 'indicator-1', weight: '1' }] as const;
    const amendmentId = await requestedBy(HEAD, agreementId, changes);
    expect(await refusalOf(approve(agreementId, amendmentId, acting))).toBe('amendment.own');
    expect(await refusalOf(reject(agreementId, amendmentId, acting))).toBe('amendment.own');
    expect(await refusalOf(exempt(agreementId, acting))).toBe('exemption.ownIndicator');
    await exempt(agreementId, as('governor'));
    await approve(agreementId, amendmentId, as('governor'));
    expect(await lastOf(agreementId)).toMatchObject({ type: 'WeightAmended' });
  });

  test('the governor exempts where the province receives, and nowhere else', async () => {
    const exempting = await Promise.all(
      (['department', 'ministry', 'province'] as const).map(async (level) =>
        refusalOf(exempt(await agreement({ level }), as('governor'))),
      ),
    );
    expect(exempting).toEqual(Array.from({ length: 3 }, () => 'agreement.notYours'));
  });

  test('who transcribes for the nation does not assess themselves', async () => {
    const assessed = score(await agreement(), { assessor: 'selfAssessment' }, as('recorder', { kind: 'nation' }));
    expect(await refusalOf(assessed)).toBe('agreement.notYours');
  });

  test('a unit of the office that made the agreement does not decide', async () => {
    const agreementId = await agreement();
    await close(agreementId);
    const { id: appealId } = await appeal(agreementId);
    const own = as('performanceUnit', office(MAKER.officeId));
    expect(await refusalOf(decide(agreementId, appealId, {}, own))).toBe('appeal.own');
  });
});
